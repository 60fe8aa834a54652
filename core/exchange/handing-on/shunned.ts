// Upstreams that let us down: each is left alone for a while, longer every time. Time is an argument.

import type { Replica } from '../../replica/replica.ts'
import type { Peer } from '../members/peer.ts'

/** Twice as long with every other time, up to here; one that did well for so long starts afresh. */
const LONGEST_MS = 60_000

interface Shun {
  untilMs: number
  times: number
}

export class Shunned {
  readonly #all = new Map<Peer, Map<Replica, Shun>>()

  /** @param firstMs for how long, the first time */
  add(replica: Replica, peer: Peer, { firstMs, nowMs }: { firstMs: number; nowMs: number }): void {
    const shuns = this.#all.get(peer) ?? new Map<Replica, Shun>()
    const before = shuns.get(replica)
    const times = before && nowMs - before.untilMs < LONGEST_MS ? before.times + 1 : 0
    const forMs = Math.min(LONGEST_MS, firstMs * 2 ** times)
    this.#all.set(peer, shuns.set(replica, { untilMs: nowMs + forMs, times }))
  }

  has(replica: Replica, peer: Peer, nowMs: number): boolean {
    return (this.#all.get(peer)?.get(replica)?.untilMs ?? 0) > nowMs
  }

  /** A new link to the same device starts afresh. */
  forget(peer: Peer): void {
    this.#all.delete(peer)
  }
}
