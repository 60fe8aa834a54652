// Who has how much of a recording, as its receipts say: what `record`, `list` and `status` show. Plain
// data out of the engine; counts nothing that was merely sent.

import { hex } from '../../encoding/hex.ts'
import type { Exchange } from '../../exchange/exchange.ts'
import { countsUntil } from '../../exchange/leavings.ts'
import type { Replica } from '../../replica/replica.ts'
import type { DeviceKey } from '../../types/keys.ts'
import { nameOf } from './names.ts'

export interface Holder {
  device: DeviceKey
  /** Safe to print. */
  name: string
  /** Blocks on its disk, signed for. */
  length: number
  /** Media time up to that block; null where this device cannot tell. */
  seconds: number | null
  /** Its dated statements: as many as an evidence package shows of it. */
  receipts: number
  /** By its clock, ms since 1970; null where it never signed. */
  atMs: number | null
  online: boolean
  /** When it may delete it, ms since 1970: it counts until shortly before. Null where it stays. */
  leavesAtMs: number | null
  /** It takes no more of this recording. */
  full: boolean
}

/**
 * Every member besides this device who has some of it, or is online and has none yet. A device that
 * was revoked may be in anybody's hands, one that has left has deleted it: neither makes anything safe.
 */
export function holdersOf(exchange: Exchange, replica: Replica, self: DeviceKey): Holder[] {
  const { circle, peers } = exchange
  const devices = new Map<string, DeviceKey>()
  for (const { device } of peers) devices.set(hex(device), device)
  for (const { holder } of replica.receipts.all()) devices.set(hex(holder), holder)
  devices.delete(hex(self))
  return [...devices.values()]
    .filter((device) => circle.roster.active(device) !== null)
    .map((device) => holderOf(exchange, replica, device))
    .filter(({ leavesAtMs }) => leavesAtMs === null || countsUntil(leavesAtMs) > Date.now())
}

function holderOf(exchange: Exchange, replica: Replica, device: DeviceKey): Holder {
  const peer = exchange.peerOf(device)
  const receipt = replica.receipts.of(device)
  const length = receipt?.length ?? 0
  return {
    device,
    name: nameOf(exchange.circle, device),
    length,
    seconds: secondsAt(replica, length),
    receipts: replica.receipts.countOf(device),
    atMs: receipt?.atMs ?? null,
    online: peer !== null,
    leavesAtMs: exchange.leavesAt(device),
    full: peer?.isFullFor(length) ?? false
  }
}

/** Media time of the first blocks; null where this device cannot read them. */
export function secondsAt(replica: Replica, length: number): number | null {
  if (length === 0) return 0
  return replica.timeline.length > 1 ? replica.timeline.secondsAt(length) : null
}
