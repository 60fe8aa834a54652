// Who let a member in, when, and with which invite: as its journal line says.

import b4a from 'b4a'
import type { Circle } from '../../core/circle/circle.ts'
import type { Member } from '../../core/circle/roster.ts'
import { atText, isoText, keyText } from '../output/units.ts'
import { nameOf } from '../../core/device/facts/names.ts'

/** Fields of an event; `invite` is null for who came without one: the founder. */
export function admissionFields(circle: Circle, member: Member) {
  const invite = inviteOf(circle, member)
  return {
    addedBy: keyText(member.addedBy),
    addedAt: isoText(member.addedAtMs),
    invite: invite === null ? null : keyText(invite)
  }
}

/** `founded it 2026-05-01 12:00:00 UTC`, `let in by Ana 2026-05-01 12:34:56 UTC` */
export function admissionText(circle: Circle, member: Member): string {
  const at = atText(member.addedAtMs)
  if (b4a.equals(member.device, member.addedBy)) return `founded it ${at}`
  return `let in by ${nameOf(circle, member.addedBy)} ${at}`
}

function inviteOf({ rulings }: Circle, { device, addedBy, addedAtMs }: Member): Uint8Array | null {
  for (const line of rulings) {
    if (line.entry.kind !== 'member-added' || !b4a.equals(line.device, addedBy)) continue
    const { body } = line.entry
    if (b4a.equals(body.device, device) && body.atMs === addedAtMs) return body.invite ?? null
  }
  return null
}
