// `temoin circle show`: who is in a circle, as what, and who can be reached now.

import b4a from 'b4a'
import type { Circle } from '../../../core/circle/circle.ts'
import { secondOfAccused } from '../../../core/circle/seconding.ts'
import type { Member } from '../../../core/circle/roster.ts'
import type { Device } from '../../../core/device.ts'
import type { Exchange } from '../../../core/exchange/exchange.ts'
import type { MemberPresence } from '../../../core/exchange/members/presence.ts'
import { admissionFields, admissionText } from '../../facts/admissions.ts'
import { historyFields, historyRow } from '../../facts/history.ts'
import { circleNameOf, nameOf } from '../../../core/device/facts/names.ts'
import { isEverybodyHere, presenceFields, presencesOf, presenceText } from '../../facts/presence.ts'
import { withDevice } from '../../open-device.ts'
import { plain } from '../../output/printable.ts'
import { table } from '../../output/table.ts'
import { countText, keyText, shortKey } from '../../output/units.ts'
import { waitMsOf } from '../../values.ts'
import type { Invocation, Verb } from '../../verb.ts'

export const circleShow: Verb = {
  path: 'circle show',
  summary: 'Show the members of a circle, who is online, and who said what of whom',
  args: [['[circle]', 'Its name or key; all of them where none is given']],
  flags: [['--wait <seconds>', 'How long to look who is online; 0 for not at all (default 3)']],
  run
}

async function run(invocation: Invocation): Promise<void> {
  const { args, flags, stop } = invocation
  const waitMs = waitMsOf(flags, 3, 600)
  await withDevice(invocation, { offline: waitMs === 0 }, async (device) => {
    const wanted = args['circle']
    const chosen = wanted === undefined ? all(device) : [device.circle(wanted)]
    await stop.until(() => chosen.every((exchange) => isEverybodyHere(device, exchange)), waitMs)
    for (const exchange of chosen) show(invocation, device, exchange)
  })
}

/** @throws TemoinError CIRCLE_MISSING where there is none at all */
function all(device: Device): readonly Exchange[] {
  return device.circles.length === 0 ? [device.circle()] : device.circles
}

function isHere(device: Device, exchange: Exchange, key: Uint8Array): boolean {
  return b4a.equals(key, device.key) || exchange.peerOf(key) !== null
}

function show({ out }: Invocation, device: Device, exchange: Exchange): void {
  const { circle } = exchange
  const presences = presencesOf(device, exchange)
  const members = circle.roster.members.map((member) => ({
    device: keyText(member.device),
    name: member.name,
    role: member.role,
    online: isHere(device, exchange, member.device),
    revoked: member.revoked !== null,
    state: member.state,
    cutOffBy: member.revoked === null ? null : keyText(member.revoked.by),
    onHold: member.onHold,
    ...sinceAndBehind(presences, member.device),
    ...admissionFields(circle, member)
  }))
  const journals = { count: circle.heads.length, entries: circle.lines.length }
  const history = circle.roster.history.map(historyFields)
  out.event('circle', { circle: keyText(circle.id), name: circle.name, members, journals, history })
  out.say(`${circleNameOf(circle)}  ${keyText(circle.id)}`)
  const rows = circle.roster.members.map((member, i) => [
    nameOf(circle, member.device) + (b4a.equals(member.device, device.key) ? ' (this device)' : ''),
    member.role,
    stateText(circle, member, hereText(presences, member.device)),
    admissionText(circle, member),
    members[i]!.device
  ])
  out.say(table(rows))
  out.say('What was said of who belongs:')
  out.say(table(circle.roster.history.map((entry) => historyRow(circle, entry))))
  out.say(`  ${countText(journals.entries, 'line')} in ${countText(journals.count, 'journal')}`)
}

/** Null and nothing for this device itself, and for who was revoked. */
function sinceAndBehind(presences: MemberPresence[], key: Uint8Array) {
  const found = presences.find(({ device }) => b4a.equals(device, key))
  if (found === undefined) return { since: null, behind: [] }
  const { since, behind } = presenceFields(found)
  return { since, behind }
}

function hereText(presences: MemberPresence[], key: Uint8Array): string {
  const found = presences.find(({ device }) => b4a.equals(device, key))
  return found === undefined ? 'online' : presenceText(found)
}

function stateText(circle: Circle, member: Member, presence: string): string {
  const { state, onHold, revoked } = member
  if (state === 'unconfirmed') {
    const command = `temoin reinstate ${shortKey(member.device)}`
    return `unconfirmed: gets nothing new until an organiser runs "${command}"`
  }
  if (revoked !== null) return revokedText(nameOf(circle, revoked.by), revoked.reason)
  if (!onHold) return presence
  const command = secondOfAccused(circle.roster, member.device)
  return `${presence}, without powers until another member runs "${command}"`
}

function revokedText(by: string, reason: string): string {
  return reason === '' ? `revoked by ${by}` : `revoked by ${by}: ${plain(reason)}`
}
