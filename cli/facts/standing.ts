// What this device is in a circle today, and what brings back what it is not. Plain data out of the
// engine.

import type { Circle } from '../../core/circle/circle.ts'
import { secondOfAccused } from '../../core/circle/seconding.ts'
import type { DeviceKey } from '../../core/types/keys.ts'
import { plain } from '../output/printable.ts'
import { keyText, shortKey } from '../output/units.ts'
import { nameOf } from '../../core/device/facts/names.ts'

type Known = Pick<Circle, 'roster'>

/** As events show it; `state` is null where the journals that say so have not come yet. */
export function standingFields({ roster }: Known, self: DeviceKey) {
  const member = roster.find(self)
  const { state = null, onHold = false, revoked = null } = member ?? {}
  return { state, cutOffBy: revoked === null ? null : keyText(revoked.by), onHold }
}

/** `contact`; or what it is not, by whom, and the command that changes it. */
export function standingText(circle: Known, self: DeviceKey): string {
  const member = circle.roster.find(self)
  if (member === null) return 'no member, as far as is known yet'
  const back = `ask an organiser to run "temoin reinstate ${shortKey(self)}"`
  if (member.revoked !== null) {
    const { by, reason } = member.revoked
    const why = reason === '' ? '' : ` (${plain(reason)})`
    return `cut off by ${nameOf(circle, by)}${why}: ${back}`
  }
  if (member.state === 'unconfirmed') return `unconfirmed, gets nothing new: ${back}`
  return member.onHold ? `${member.role}, ${onHoldText(circle, self)}` : member.role
}

/** It cut somebody off, alone, and nobody has agreed with that yet. */
function onHoldText({ roster }: Known, self: DeviceKey): string {
  return `without powers until another member runs "${secondOfAccused(roster, self)}"`
}
