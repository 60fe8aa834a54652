// When the core of a recording is closed, which nobody seems to need: once it is over, quiet for long, and
// nobody linked lacks anything of it. One that is not whole hears nothing while it rests, but for receipts
// that are news; so it stays awake for as long as somebody linked is known to have more.
// Must never: put to rest what is about to be fetched.

import b4a from 'b4a'
import type { Replica } from '../../replica/replica.ts'
import type { DeviceKey } from '../../types/keys.ts'

/** A complete replica that nobody has asked for so long is put to rest. */
const REST_AFTER_MS = 20_000

export interface Moment {
  /** Members linked and heard from. */
  linked: readonly DeviceKey[]
  /** Time that never goes back, ms. */
  nowMs: number
}

export function mayRest(replica: Replica, { linked, nowMs }: Moment): boolean {
  const { core, activeAtMs, sealed, over } = replica
  if (core === null || !(sealed || over)) return false
  if (nowMs - activeAtMs < REST_AFTER_MS) return false
  if (core.peers.some((peer) => peer.remoteContiguousLength < core.length)) return false
  return sealed || !isMoreLinked(replica, linked)
}

/** Announced just now, or about to be: a receipt, or the author's word, may come before the announcement. */
function isMoreLinked(replica: Replica, linked: readonly DeviceKey[]): boolean {
  const { length } = replica
  return replica.bestLength > length || linked.some((one) => lengthSaidOf(one, replica) > length)
}

/** What this member has signed for; of an author, where it says that its recording ends. */
function lengthSaidOf(member: DeviceKey, { announced, end, receipts }: Replica): number {
  return b4a.equals(member, announced.author) ? (end ?? 0) : receipts.lengthOf(member)
}
