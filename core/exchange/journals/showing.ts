// Entries of a journal that its core cannot take are shown one by one, each with the proof that it stands there.
// Who was told of an entry that never came, because its author was cut off or broke at that moment, has a tree in
// which those who have less cannot place what they have: Hypercore asks them for nothing, for good.
// Must never: show anything to whom the circle does not admit, or take what was not asked for.

import type { JournalReader } from '../../circle/journal/journal-reader.ts'
import type { Journals } from '../../circle/journal/journals.ts'
import { proveLine } from '../../circle/journal/line-proof.ts'
import type { LinesWanted } from '../../encoding/control.ts'
import { hex } from '../../encoding/hex.ts'
import type { ProvenLine } from '../../encoding/journal/proven-line.ts'
import type { Peer } from '../members/peer.ts'

/** As a rule what was signed for comes by itself: so long nothing of it did. */
const STUCK_MS = 3000
/** Entries that are shown at one time. */
const AT_ONCE = 16

export interface ShowingOptions {
  journals: Journals
  /** Members linked and heard from. */
  peers: () => Peer[]
  /** Time that never goes back, ms. */
  now: () => number
}

/** A journal that stands still before entries that are signed. */
interface Stuck {
  length: number
  sinceMs: number
  asked: Peer | null
}

export class Showing {
  readonly #options: ShowingOptions
  readonly #stuck = new Map<string, Stuck>()

  constructor(options: ShowingOptions) {
    this.#options = options
  }

  /** A few times in a second. */
  tick(): void {
    for (const reader of this.#options.journals.all) {
      if (reader.isBehind) this.#look(reader)
      else this.#stuck.delete(reader.id)
    }
  }

  /** A member cannot take what we have of a journal. */
  async asked(peer: Peer, { journal, start }: LinesWanted): Promise<void> {
    const reader = this.#options.journals.get(hex(journal))
    if (reader === null || !peer.mayAskForLines()) return
    const end = Math.min(reader.given, start + AT_ONCE)
    for (let index = start; index < end; index++) {
      const line = await proveLine(reader, index)
      if (line === null || !this.#options.peers().includes(peer)) return // gone, or cut off, meanwhile
      peer.channel?.showLine(line)
    }
  }

  /** What was asked for: more of it is asked for as soon as it has been read. */
  shown(peer: Peer, line: ProvenLine): void {
    const id = hex(line.journal)
    if (this.#stuck.get(id)?.asked !== peer) return
    this.#options.journals.get(id)?.show(line)
  }

  /** Those who have some of it, each in turn, where nobody is known to have all. */
  #look(reader: JournalReader): void {
    const nowMs = this.#options.now()
    const stuck = this.#stuck.get(reader.id)
    if (stuck === undefined || (stuck.length !== reader.length && stuck.asked === null)) {
      this.#stuck.set(reader.id, { length: reader.length, sinceMs: nowMs, asked: null })
      return
    }
    const isGiven = stuck.asked !== null && stuck.length !== reader.length
    if (!isGiven && nowMs - stuck.sinceMs < STUCK_MS) return
    const able = this.#options.peers().filter((peer) => hasMore(peer, reader))
    const last = able.indexOf(stuck.asked!)
    const next = isGiven && last !== -1 ? able[last] : able[(last + 1) % able.length]
    this.#stuck.set(reader.id, { length: reader.length, sinceMs: nowMs, asked: next ?? null })
    next?.channel?.askForLines({ journal: reader.core.key, start: reader.length })
  }
}

function hasMore({ journals }: Peer, reader: JournalReader): boolean {
  return journals.lengthOf(reader.id) > reader.length && !journals.hasRival(reader.id)
}
