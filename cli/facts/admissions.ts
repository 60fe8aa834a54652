// Who let a member in, as what, when, and with which invite: as its journal line says.

import b4a from 'b4a'
import type { Circle } from '../../core/circle/circle.ts'
import type { Member } from '../../core/circle/roster.ts'
import { plain } from '../output/printable.ts'
import { atText, isoText, keyText } from '../output/units.ts'
import { nameOf } from '../../core/device/facts/names.ts'
import { timeOf } from './history.ts'

/** Fields of an event; `invite` is null for who came without one: the founder. */
export function admissionFields(circle: Circle, member: Member) {
  const invite = inviteOf(circle, member)
  return {
    addedBy: keyText(member.addedBy),
    addedAt: isoText(member.addedAtMs),
    addedAs: member.addedAs,
    namedAt: member.namedAtMs === null ? null : timeOf(member.namedAtMs),
    invite: invite === null ? null : keyText(invite)
  }
}

/** `founded it 2026-05-01 12:00:00 UTC`, `let in by Ana as "Ben" 2026-05-01 12:34:56 UTC` */
export function admissionText(circle: Circle, member: Member): string {
  const { name, addedAs } = member
  const as = addedAs === '' || addedAs === name ? '' : ` as "${plain(addedAs)}"`
  const at = `${as} ${atText(member.addedAtMs)}`.trim()
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
