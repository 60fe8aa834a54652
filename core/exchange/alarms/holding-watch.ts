// Looks whether members give the blocks that they announce or have signed for, where this device lacks
// them and asks. Who goes on not giving them, on a link that lives, is told of.
// Must never: accuse who is slow, far, asleep or overloaded (see `InVain`).

import { hex } from '../../encoding/hex.ts'
import type { Replica } from '../../replica/replica.ts'
import type { Link } from '../../types/link.ts'
import type { Peer } from '../members/peer.ts'
import { InVain } from './in-vain.ts'
import type { Look } from './in-vain.ts'

export interface HoldingWatchOptions {
  /** Members linked and heard from. */
  peers: () => Peer[]
  /** It claims to hold more of it than it gives. */
  onFalse: (replica: Replica, peer: Peer) => void
  /** Time that never goes back, ms. */
  now: () => number
}

interface Known {
  link: Link
  inVain: InVain
}

export class HoldingWatch {
  readonly #options: HoldingWatchOptions
  /** By recording, then by member: a new link of the same one is no new start. */
  readonly #all = new WeakMap<Replica, Map<string, Known>>()

  constructor(options: HoldingWatchOptions) {
    this.#options = options
  }

  /** Several times in a second, with what is open. */
  tick(replicas: readonly Replica[]): void {
    for (const replica of replicas) {
      if (replica.mode !== 'pull' || replica.core === null || replica.sealed) continue
      for (const peer of this.#options.peers()) this.#look(replica, peer)
    }
  }

  /** A block of it came from somebody: that one does give. */
  grew(replica: Replica): void {
    const { source } = replica
    if (source !== null) this.#all.get(replica)?.delete(hex(source))
  }

  #look(replica: Replica, peer: Peer): void {
    const { now, onFalse } = this.#options
    const state = stateOf(replica, peer)
    const all = this.#all.get(replica) ?? new Map<string, Known>()
    if (state === 'idle' && !all.has(peer.id)) return
    this.#all.set(replica, all)
    const at = { nowMs: now(), bytesRead: peer.link.stream.rawBytesRead }
    const known = all.get(peer.id) ?? { link: peer.link, inVain: new InVain(at) }
    all.set(peer.id, known)
    if (known.link !== peer.link) known.inVain.movedTo(at.bytesRead)
    known.link = peer.link
    if (!known.inVain.look({ ...at, state })) return
    all.delete(peer.id)
    onFalse(replica, peer)
  }
}

/** What it claims without a hole beyond what is here is asked for, or waited for. */
function stateOf({ core, length, receipts }: Replica, { link, device }: Peer): Look['state'] {
  const asked = core!.peers.find(({ protomux }) => protomux === link.mux)
  const signedFor = receipts.lengthOf(device)
  if (asked === undefined) return signedFor > length ? 'unopened' : 'idle'
  const claimed = Math.max(signedFor, asked.remoteContiguousLength)
  return !asked.paused && asked.inflight > 0 && claimed > length ? 'asked' : 'idle'
}
