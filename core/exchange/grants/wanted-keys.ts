// Recordings that this device holds and none of its keys opens: asks those who may be able to for the key,
// one member at a time, the author first, and tries what they give.
// Must never: ask for what this device filmed itself: that it kept no key was its owner's choice.

import b4a from 'b4a'
import type { Circle } from '../../circle/circle.ts'
import { pushTo } from '../../circle/lists.ts'
import type { KeyWanted } from '../../encoding/control.ts'
import type { DeviceKeys } from '../../identity/device-keys.ts'
import { MAX_KEYS_WANTED } from '../../limits.ts'
import type { Replica } from '../../replica/replica.ts'
import type { Peer } from '../members/peer.ts'
import type { GrantBook } from './grant-book.ts'
import { mayHaveKey, readerIn } from './may-have-key.ts'

/** Between one member that is asked and the next; twice as long each time. */
const FIRST_WAIT_MS = 3000
const LONGEST_WAIT_MS = 5 * 60_000
/** Of those from before this start so many are looked at with each tick. */
const CHECKS = 4
/** Clocks differ, and who films may not have read yet who has come. */
const SLACK_MS = 24 * 60 * 60_000

interface Want {
  /** Keys that were given and open nothing. */
  tried: number
  asked: Set<Peer>
  times: number
  nextAtMs: number
}

export interface WantedKeysOptions {
  circle: Circle
  keys: DeviceKeys
  book: GrantBook
  /** Members linked and heard from. */
  peers: () => Peer[]
  /** Whether any key here opens it. */
  opens: (replica: Replica) => Promise<boolean>
  isApart: (replica: Replica) => boolean
  /** Time that never goes back, ms. */
  steadyMs: () => number
  onError: (err: unknown) => void
}

export class WantedKeys {
  readonly #options: WantedKeysOptions
  readonly #wants = new Map<Replica, Want>()
  /** At rest since the start, the newest last: whether they open nobody knows. */
  #unchecked: Replica[] = []
  #looking: Promise<void> | null = null
  #closed = false

  constructor(options: WantedKeysOptions) {
    this.#options = options
  }

  /** Those from before this start. */
  start(replicas: readonly Replica[]): void {
    this.#unchecked = [...replicas]
  }

  async close(): Promise<void> {
    this.#closed = true
    await this.#looking
  }

  /** No key here opens it. */
  add(replica: Replica): void {
    const { keys } = this.#options
    if (keys.isLocked || this.#wants.has(replica)) return
    if (b4a.equals(replica.announced.author, keys.device)) return
    this.#wants.set(replica, { tried: 0, asked: new Set(), times: 0, nextAtMs: 0 })
  }

  /** Somebody is here who may not have been asked. */
  greet(): void {
    const soonMs = this.#options.steadyMs() + FIRST_WAIT_MS
    for (const want of this.#wants.values()) want.nextAtMs = Math.min(want.nextAtMs, soonMs)
  }

  part(peer: Peer): void {
    for (const { asked } of this.#wants.values()) asked.delete(peer)
  }

  tick(): void {
    const { circle, keys, onError } = this.#options
    if (this.#closed || keys.isLocked || readerIn(circle.roster, keys.device) === null) return
    this.#ask()
    this.#looking ??= this.#look()
      .catch(onError)
      .finally(() => (this.#looking = null))
  }

  async #look(): Promise<void> {
    for (const replica of this.#toCheck()) {
      if (!this.#closed && !(await this.#options.opens(replica))) this.add(replica)
    }
    for (const [replica, want] of this.#wants) {
      if (this.#closed || this.#options.keys.isLocked) return
      await this.#tryGiven(replica, want)
    }
  }

  /** What was filmed before this device came, as far as clocks tell: else it had a key from the start. */
  #toCheck(): Replica[] {
    const { circle, keys } = this.#options
    const sinceMs = circle.roster.active(keys.device)?.addedAtMs ?? 0
    const due: Replica[] = []
    while (due.length < CHECKS && this.#unchecked.length > 0) {
      const replica = this.#unchecked.pop()!
      const { startedAtMs } = replica.announced
      if (replica.length > 0 && startedAtMs <= sinceMs + SLACK_MS) due.push(replica)
    }
    return due
  }

  async #tryGiven(replica: Replica, want: Want): Promise<void> {
    const given = this.#given(replica).length
    if (given <= want.tried) return
    const isOpen = await this.#options.opens(replica)
    if (this.#options.keys.isLocked) return
    if (!isOpen) {
      want.tried = given
      return
    }
    this.#wants.delete(replica)
    if (!replica.isClosedToUs) return // nobody has looked: whoever does finds it open
    replica.setReadable(true)
    await replica.look()
  }

  #ask(): void {
    const { peers, isApart, steadyMs } = this.#options
    const nowMs = steadyMs()
    const asks = new Map<Peer, KeyWanted[]>()
    for (const [replica, want] of this.#wants) {
      if (replica.reader !== null) this.#wants.delete(replica)
      else if (nowMs >= want.nextAtMs && !isApart(replica)) {
        const free = peers().filter((peer) => (asks.get(peer)?.length ?? 0) < MAX_KEYS_WANTED)
        const peer = this.#whom(replica, want, free)
        if (peer === null) continue
        pushTo(asks, peer, { recording: replica.key, tried: want.tried })
        want.asked.add(peer)
        want.nextAtMs = nowMs + Math.min(FIRST_WAIT_MS * 2 ** want.times++, LONGEST_WAIT_MS)
      }
    }
    for (const [peer, list] of asks) peer.channel?.askForKeys(list)
  }

  /** The author, then the others in turn; whoever has given a key is not asked for another. */
  #whom(replica: Replica, want: Want, peers: readonly Peer[]): Peer | null {
    const { circle, keys } = this.#options
    if (mayHaveKey(circle.roster, keys.device, replica) === null) return null
    const given = this.#given(replica)
    if (given.length > want.tried) return null // to be tried first
    const able = peers.filter(
      ({ device }) =>
        readerIn(circle.roster, device) !== null && !given.some(({ by }) => b4a.equals(by, device))
    )
    const others = able.filter((peer) => !want.asked.has(peer))
    if (others.length === 0) want.asked.clear()
    const next = others.length === 0 ? able : others
    const author = next.find(({ device }) => b4a.equals(device, replica.announced.author))
    return author ?? next[0] ?? null
  }

  #given({ key }: Replica) {
    const { book, keys } = this.#options
    return book.given(key, keys.device)
  }
}
