// Which journals are behind what others have, and whom they are fetched from.
// Must never: wait for good for a member that claims what it does not give.

import b4a from 'b4a'
import type { JournalReader } from '../../circle/journal/journal-reader.ts'
import type { Journals } from '../../circle/journal/journals.ts'
import type { JournalLength } from '../../encoding/control.ts'
import { hex } from '../../encoding/hex.ts'
import { strainMs } from '../../runtime/beat.ts'
import { treeHashOf } from '../../store/hypercore/compare-trees.ts'
import type { Peer } from '../members/peer.ts'
import type { Channels } from './channels.ts'
import { whomToAsk } from './source-policy.ts'

export interface FetchingOptions {
  journals: Journals
  channels: Channels
  /** Members linked and heard from. */
  peers: () => Peer[]
  /** Time that never goes back, ms. */
  now: () => number
}

/** A journal of which somebody has more than we. */
interface Behind {
  askedAtMs: Map<Peer, number>
  /** Whoever was asked last. */
  last: Peer | null
  grewAtMs: number
}

export class Fetching {
  readonly #options: FetchingOptions
  readonly #behind = new Map<string, Behind>()

  constructor(options: FetchingOptions) {
    this.#options = options
  }

  /** A member says how much it has of these. */
  heard(peer: Peer, lengths: JournalLength[]): void {
    for (const one of lengths) this.#compare(peer, one)
    for (const id of peer.journals.heard(lengths)) {
      const reader = this.#options.journals.get(id)
      if (reader && !this.#behind.has(id) && this.#lacks(reader, peer)) this.look(reader)
    }
  }

  /** It may be behind: somebody told of it, or it grew. */
  look(reader: JournalReader): void {
    const { channels, peers, now } = this.#options
    const claimants = peers().filter((peer) => this.#lacks(reader, peer))
    if (claimants.length === 0) return void this.#behind.delete(reader.id)
    const known = this.#behind.get(reader.id)
    const behind = known ?? { askedAtMs: new Map<Peer, number>(), last: null, grewAtMs: -Infinity }
    this.#behind.set(reader.id, behind)
    const author = peers().filter(
      ({ device, journals }) =>
        b4a.equals(device, reader.head.device) && !journals.hasRival(reader.id)
    )
    // who is late itself reads answers late
    const [nowMs, rttMs] = [now(), (behind.last?.link.rttMs ?? 0) + strainMs()]
    const next = whomToAsk({ candidates: [...author, ...claimants], ...behind, rttMs, nowMs })
    if (next === null) return
    // Hypercore waits for an answer to what it asked for without end, and asks nobody else meanwhile
    if (behind.last && behind.last !== next) channels.close(reader, behind.last)
    behind.last = next
    behind.askedAtMs.set(next, nowMs)
    channels.open(reader, next)
  }

  /** Entries of it came. */
  grew(reader: JournalReader): void {
    const behind = this.#behind.get(reader.id)
    if (behind === undefined) return
    behind.grewAtMs = this.#options.now()
    this.look(reader)
  }

  part(peer: Peer): void {
    for (const { askedAtMs } of this.#behind.values()) askedAtMs.delete(peer)
  }

  /** A few times in a second. */
  tick(): void {
    for (const id of this.#behind.keys()) {
      const reader = this.#options.journals.get(id)
      if (reader) this.look(reader)
    }
  }

  /** A journal as long as ours that is another is looked at once on a link. */
  #compare(peer: Peer, { journal, length, treeHash }: JournalLength): void {
    const reader = this.#options.journals.get(hex(journal))
    if (!reader || treeHash === null || length === 0 || length !== reader.core.length) return
    if (b4a.equals(treeHash, treeHashOf(reader.core)) || peer.journals.hasRival(reader.id)) return
    peer.journals.noteRival(reader.id)
    this.#options.channels.compare(reader, peer, length)
  }

  #lacks(reader: JournalReader, peer: Peer): boolean {
    if (peer.journals.hasRival(reader.id)) return false
    const known = Math.max(reader.core.contiguousLength, reader.length) // some of it may have been shown
    return peer.journals.lengthOf(reader.id) > known
  }
}
