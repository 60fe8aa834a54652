// Who is here and how far behind, as people and programs read it.

import type { Device } from '../../core/device.ts'
import type { Exchange } from '../../core/exchange/exchange.ts'
import { presenceIn } from '../../core/exchange/members/presence.ts'
import type { MemberPresence } from '../../core/exchange/members/presence.ts'
import { countText, dayText, isoText, keyText, listText, shortKey } from '../output/units.ts'

/** Every member of the circle but this device. */
export function presencesOf(device: Device, exchange: Exchange): MemberPresence[] {
  return presenceIn(exchange, device.key, Date.now())
}

/** Every other member, that is. */
export function isEverybodyHere(device: Device, exchange: Exchange): boolean {
  return presencesOf(device, exchange).every(({ online }) => online)
}

export function presenceFields({
  device,
  online,
  sinceMs,
  leavesAtMs,
  full,
  behind
}: MemberPresence) {
  return {
    device: keyText(device),
    online,
    since: sinceMs === null ? null : isoText(sinceMs),
    leavesAt: leavesAtMs === null ? null : isoText(leavesAtMs),
    full,
    behind: behind.map(({ recording, length, missing }) => ({
      recording: keyText(recording),
      length,
      missing
    }))
  }
}

/** `online since 14:05:12, lacks 12 blocks of abcdefgh`. */
export function presenceText({
  online,
  sinceMs,
  leavesAtMs,
  full,
  behind
}: MemberPresence): string {
  const here = online ? `online since ${isoText(sinceMs!).slice(11, 19)} UTC` : 'away'
  const lacks = behind
    .filter(({ missing }) => missing > 0)
    .map(({ recording, missing }) => `${countText(missing, 'block')} of ${shortKey(recording)}`)
  const parts = [here]
  if (leavesAtMs !== null) parts.push(leavingText(leavesAtMs))
  if (full) parts.push('full: what is filmed now is not safe there')
  if (lacks.length > 0) parts.push(`lacks ${listText(lacks)}`)
  return parts.join(', ')
}

/** Of a member that will delete what it holds here. */
export function leavingText(leavesAtMs: number | null): string {
  if (leavesAtMs === null) return 'stays after all'
  if (leavesAtMs <= Date.now()) return 'left: what it held is not safe there'
  return `leaves on ${dayText(leavesAtMs)}: have what it holds held by somebody else until then`
}
