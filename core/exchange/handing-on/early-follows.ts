// Members who asked to follow a recording before we had heard of it: the author told them first. They are
// answered once it is open here.

import { hex } from '../../encoding/hex.ts'
import type { RecordingKey } from '../../types/keys.ts'
import type { Replica } from '../../replica/replica.ts'
import type { Peer } from '../members/peer.ts'

/** For one member; a live film is one recording. */
const MAX_EACH = 16

export class EarlyFollows {
  readonly #all = new Map<Peer, Map<string, number>>()

  /** @returns false where this member has asked for too many already */
  add(peer: Peer, recording: RecordingKey, start: number): boolean {
    const asked = this.#all.get(peer) ?? new Map<string, number>()
    if (asked.size >= MAX_EACH) return false
    this.#all.set(peer, asked.set(hex(recording), start))
    return true
  }

  cancel(peer: Peer, recording: RecordingKey): void {
    this.#all.get(peer)?.delete(hex(recording))
  }

  forget(peer: Peer): void {
    this.#all.delete(peer)
  }

  /** It is open here: whoever asked for it is served. */
  serve(replica: Replica): void {
    const id = hex(replica.key)
    for (const [peer, asked] of this.#all) {
      const start = asked.get(id)
      if (start === undefined || peer.channel === null) continue
      asked.delete(id)
      replica.upstream.follow(peer.channel, start, replica.core?.length ?? replica.length)
    }
  }
}
