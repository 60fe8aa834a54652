// Which recordings are open here though they are not whole: a few of each author at a time, the others in
// turn. Each that is open takes memory, and a channel on every link: an author that announces thousands
// would else have honest members close their links to one another for all the channels.
// Must never: let one author's recordings keep another's waiting, or leave one waiting for good.

import { hex } from '../../encoding/hex.ts'
import type { Announced } from '../../replica/announced.ts'
import type { Replica } from '../../replica/replica.ts'
import type { RecordingKey } from '../../types/keys.ts'

/** A live film is one; parts that were cut off by a crash, and what a newcomer fetches, are some more. */
export const MAX_AWAKE = 32
/** Nothing has come of it for so long: another one's turn. */
const TURN_MS = 20_000

export interface UnfinishedOptions {
  /** Null where it is not open yet, nor resting. */
  replicaOf: (key: RecordingKey) => Replica | null
  /** Opens it, or wakes it. */
  open: (announced: Announced) => Promise<void>
  /** Puts it to rest. */
  rest: (replica: Replica) => Promise<void>
  /** Time that never goes back, ms. */
  steadyMs: () => number
}

interface Awake {
  announced: Announced
  /** Until then it is neither whole nor at rest, whatever it was before. */
  isOpen: boolean
}

interface Author {
  awake: Map<string, Awake>
  /** The next one last. */
  waiting: Announced[]
  /** Those that wait, by name. */
  known: Set<string>
}

export class Unfinished {
  readonly #options: UnfinishedOptions
  readonly #authors = new Map<string, Author>()

  constructor(options: UnfinishedOptions) {
    this.#options = options
  }

  /** Opens it now where its author has few open, else when its turn comes: the newest first. */
  add(announced: Announced): void {
    const author = this.#of(announced)
    const id = hex(announced.recording)
    if (author.known.has(id)) return
    this.#letGo(author)
    if (author.awake.has(id)) return
    author.waiting.push(announced)
    author.known.add(id)
    this.#fill(author)
  }

  /** Gives those that wait their turns. */
  tick(): void {
    for (const author of this.#authors.values()) {
      if (author.waiting.length === 0) continue
      this.#letGo(author)
      this.#makeRoom(author, TURN_MS)
      this.#fill(author)
    }
  }

  /** Those that are known from before, oldest first: the newest of each author are opened now. */
  addAll(all: readonly Announced[]): void {
    for (const announced of all) {
      const { waiting, known } = this.#of(announced)
      waiting.push(announced)
      known.add(hex(announced.recording))
    }
    for (const author of this.#authors.values()) this.#fill(author)
  }

  #of({ author }: Announced): Author {
    const id = hex(author)
    const known = this.#authors.get(id)
    if (known) return known
    const fresh = { awake: new Map(), waiting: [], known: new Set<string>() }
    this.#authors.set(id, fresh)
    return fresh
  }

  /** Those that are whole, or rest already, are counted no longer. */
  #letGo({ awake }: Author): void {
    for (const [id, { announced, isOpen }] of awake) {
      const replica = this.#options.replicaOf(announced.recording)
      if (!isOpen || replica === null) continue
      if (replica.sealed || replica.core === null) awake.delete(id)
    }
  }

  /** Puts to rest what has been idle for so long, as much as waits. */
  #makeRoom({ awake, waiting, known }: Author, idleMs: number): void {
    const nowMs = this.#options.steadyMs()
    const most = waiting.length
    for (const [id, { announced, isOpen }] of [...awake]) {
      if (MAX_AWAKE - awake.size >= most) break
      const replica = this.#options.replicaOf(announced.recording)
      if (!isOpen || replica === null || nowMs - replica.activeAtMs < idleMs) continue
      awake.delete(id)
      waiting.unshift(announced)
      known.add(id)
      void this.#options.rest(replica)
    }
  }

  #fill({ awake, waiting, known }: Author): void {
    while (awake.size < MAX_AWAKE && waiting.length > 0) {
      const announced = waiting.pop()!
      const id = hex(announced.recording)
      known.delete(id)
      const opening = { announced, isOpen: false }
      awake.set(id, opening)
      this.#options.open(announced).then(
        () => (opening.isOpen = true),
        () => awake.delete(id)
      )
    }
  }
}
