// Who told us to fetch what comes before one of its blocks, and then to follow it: what an honest upstream
// says that remembers no more, once. Whoever says it of blocks that there are not, or says it again and
// again, would have us fetch for ever, always a little behind the film. Time is an argument.
// Must never: take a member's word for more blocks than somebody has shown the author's signature for.

import type { Replica } from '../../replica/replica.ts'
import type { Peer } from '../members/peer.ts'

/** Nothing has come for so long of what is to be fetched: whom to ask is thought over anew. */
const COMES_MS = 2000
/** So long, and two round trips, until somebody must have shown that the blocks are there. */
const SHOWN_MS = 1000
/**
 * Who says it so often within this does not mean it: what an upstream remembers, a megabyte, is seconds of
 * film, and who has just fetched all there is asks for what comes after.
 */
const OFTEN = 4
const OFTEN_MS = 4000

export interface OwedBlocks {
  peer: Peer
  length: number
  sinceMs: number
}

export class Owed {
  readonly #all = new WeakMap<Replica, OwedBlocks>()
  readonly #saidAtMs = new WeakMap<Replica, WeakMap<Peer, number[]>>()

  /** @returns false where it has said so too often lately: then it counts for nothing */
  add(replica: Replica, { peer, length, sinceMs }: OwedBlocks): boolean {
    const said = this.#saidAtMs.get(replica) ?? new WeakMap<Peer, number[]>()
    const lately = (said.get(peer) ?? []).filter((atMs) => sinceMs - atMs < OFTEN_MS)
    this.#saidAtMs.set(replica, said.set(peer, [...lately, sinceMs].slice(-OFTEN)))
    if (lately.length >= OFTEN - 1) return false
    this.#all.set(replica, { peer, length, sinceMs })
    return true
  }

  /** Blocks to be fetched first; 0 where none are. */
  lengthOf(replica: Replica, nowMs: number): number {
    const owed = this.#all.get(replica)
    return owed !== undefined && isOwed(replica, owed, nowMs) ? owed.length : 0
  }

  /** Forgets what is not owed any more. @returns who named blocks that nobody has shown, or null */
  settle(replica: Replica, nowMs: number): Peer | null {
    const owed = this.#all.get(replica)
    if (owed === undefined || isOwed(replica, owed, nowMs)) return null
    this.#all.delete(replica)
    return isLie(replica, owed, nowMs) ? owed.peer : null
  }
}

function isOwed(replica: Replica, owed: OwedBlocks, nowMs: number): boolean {
  const comes = nowMs - replica.activeAtMs < COMES_MS
  const isHere = replica.arrived >= owed.length
  return !isHere && comes && !owed.peer.link.closed && !isLie(replica, owed, nowMs)
}

function isLie(replica: Replica, { peer, length, sinceMs }: OwedBlocks, nowMs: number): boolean {
  const isShown = (replica.core?.length ?? 0) >= length
  return !isShown && nowMs - sinceMs > SHOWN_MS + 2 * peer.link.rttMs
}
