// On which links the journals stand open: a channel is opened where one end lacks entries that the other
// has, and closed where nothing has come of it for a while. In a circle of fifty, all journals on all
// links would be thousands of channels on each device, each of which hears of each entry.
// Must never: leave a journal open to a device that is no member any more.

import type { CorePeer } from 'hypercore'
import type { JournalReader } from '../../circle/journal/journal-reader.ts'
import { pushTo } from '../../circle/lists.ts'
import { askForTree } from '../../store/hypercore/compare-trees.ts'
import type { EvidenceStore } from '../../store/evidence-store.ts'
import type { Peer } from '../members/peer.ts'

/** Longer than between two entries of a holder while a film runs (exchange/receipts/journal-receipts.ts). */
const REST_AFTER_MS = 30_000

interface Standing {
  reader: JournalReader
  /** How far both ends were when it was looked at last. */
  seen: string
  changedAtMs: number
  /** Entries of which the other end has said that its history of them is another; null for none. */
  rivalOf: number | null
}

export class Channels {
  readonly #store: EvidenceStore
  readonly #now: () => number
  readonly #standing = new Map<Peer, Map<string, Standing>>()

  /** @param now time that never goes back, ms */
  constructor(store: EvidenceStore, now: () => number) {
    this.#store = store
    this.#now = now
  }

  /** Opens a journal towards a member, or sees to it that it is open. */
  open(reader: JournalReader, peer: Peer): void {
    const all = this.#standing.get(peer) ?? new Map<string, Standing>()
    this.#standing.set(peer, all)
    const standing = all.get(reader.id)
    if (standing && this.#at(reader, peer)) return void (standing.changedAtMs = this.#now())
    if (standing) this.#store.detach(reader.core, peer.link) // closed by the other end, or refused
    all.set(reader.id, { reader, seen: '', changedAtMs: this.#now(), rivalOf: null })
    this.#store.attach(reader.core, peer.link)
  }

  /** Opens it so that both histories of the first `length` entries meet: the guard of the store compares. */
  compare(reader: JournalReader, peer: Peer, length: number): void {
    this.open(reader, peer)
    this.#standing.get(peer)!.get(reader.id)!.rivalOf = length
  }

  close(reader: JournalReader, peer: Peer): void {
    if (this.#standing.get(peer)?.delete(reader.id)) this.#store.detach(reader.core, peer.link)
  }

  /** True where both ends have it open: Hypercore tells of what comes there. */
  isOpen(reader: JournalReader, peer: Peer): boolean {
    return this.#at(reader, peer) !== null
  }

  /** Entries that the member has, as far as that is known. */
  lengthAt(reader: JournalReader, peer: Peer): number {
    const said = peer.journals.lengthOf(reader.id)
    const here = this.#standing.get(peer)?.has(reader.id) ? this.#at(reader, peer) : null
    return here === null ? said : Math.max(said, here.remoteContiguousLength)
  }

  /** Closes all of them towards a member that is gone, or is none any more. */
  part(peer: Peer): void {
    for (const { reader } of this.#standing.get(peer)?.values() ?? []) {
      this.#store.detach(reader.core, peer.link)
    }
    this.#standing.delete(peer)
  }

  /** Twice a second: what has stood still long enough is closed. @returns what that was, by member */
  tick(): Map<Peer, JournalReader[]> {
    const rested = new Map<Peer, JournalReader[]>()
    for (const [peer, all] of this.#standing) {
      for (const standing of all.values()) {
        if (this.#rests(peer, standing)) pushTo(rested, peer, standing.reader)
      }
    }
    return rested
  }

  #rests(peer: Peer, standing: Standing): boolean {
    const { reader } = standing
    const remote = this.#at(reader, peer)
    if (remote && standing.rivalOf !== null) {
      askForTree(remote, standing.rivalOf)
      standing.rivalOf = null
    }
    const seen = `${reader.core.contiguousLength} ${remote?.remoteContiguousLength ?? ''}`
    if (seen !== standing.seen) standing.changedAtMs = this.#now()
    standing.seen = seen
    if (this.#now() - standing.changedAtMs < REST_AFTER_MS) return false
    if (remote) peer.journals.note(reader.id, this.lengthAt(reader, peer))
    this.close(reader, peer)
    return true
  }

  #at({ core }: JournalReader, { link }: Peer): CorePeer | null {
    return core.core.replicator.peers.find(({ protomux }) => protomux === link.mux) ?? null
  }
}
