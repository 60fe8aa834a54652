// Which members have heard that this relay leaves their circle: remembered beyond a restart, for what is held
// is deleted only once somebody has. Pure.
// Must never: count who has heard of a notice that was taken back since.

import b4a from 'b4a'
import { MAX_HEARD } from '../core/encoding/memory/relay-memory.ts'
import type { Heard } from '../core/encoding/memory/relay-memory.ts'
import type { CircleId, DeviceKey } from '../core/types/keys.ts'

/** A circle that this relay has said it leaves, and who of its members is linked and has that. */
export interface Notice {
  circle: CircleId
  atMs: number
  heardBy: readonly DeviceKey[]
}

/** @returns those who have heard since and were not known to, and of the known whom a notice still concerns */
export function withHeard(known: readonly Heard[], notices: readonly Notice[]) {
  const still = known.filter((one) => notices.some((notice) => concerns(notice, one)))
  const fresh = notices.flatMap(({ circle, atMs, heardBy }) =>
    heardBy
      .map((device): Heard => ({ circle, saidAtMs: atMs, device }))
      .filter((one) => !still.some((other) => isSame(one, other)))
  )
  return { fresh, heard: [...still, ...fresh].slice(0, MAX_HEARD) }
}

/** @param devices of the members besides this relay @returns those not known to have heard of this notice */
export function unheardBy(
  heard: readonly Heard[],
  notice: Pick<Notice, 'circle' | 'atMs'>,
  devices: readonly DeviceKey[]
): DeviceKey[] {
  const who = heard.filter((one) => concerns(notice, one)).map(({ device }) => device)
  return devices.filter((device) => !who.some((one) => b4a.equals(one, device)))
}

function concerns({ circle, atMs }: Pick<Notice, 'circle' | 'atMs'>, one: Heard): boolean {
  return one.saidAtMs === atMs && b4a.equals(one.circle, circle)
}

function isSame(a: Heard, b: Heard): boolean {
  return (
    a.saidAtMs === b.saidAtMs && b4a.equals(a.circle, b.circle) && b4a.equals(a.device, b.device)
  )
}
