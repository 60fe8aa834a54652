// What one organiser's word leaves of a circle, where that one claims to have read nothing: whom nobody
// else spoke of in time counts no more. Those must not be left with that one alone, who tells them what it
// likes: they hear one another still, and from whom others know better.

import b4a from 'b4a'
import test from 'brittle'
import type { Assert } from 'brittle'
import { seenBy } from '../../../core/circle/journal/seen-by.ts'
import type { MemberState } from '../../../core/circle/roster.ts'
import { hex } from '../../../core/encoding/hex.ts'
import { connect, enrolled } from '../../helpers/devices/station.ts'
import type { Station } from '../../helpers/devices/station.ts'
import { eventually } from '../../helpers/eventually.ts'

test('who was shown an accusation alone hears what others know of it from who stands unconfirmed with it', async (t) => {
  const { founder, witness, hostile, ana, ben } = await circleOf(t)
  await spokenOf(witness, ben)
  await meets(t, witness, ana, () =>
    ana.circle.rulings.some(({ entry }) => entry.kind === 'seconded')
  )
  await accuse(hostile, founder)
  await meets(t, hostile, ben, () => stateOf(ben, founder) === 'cut-off')
  t.is(stateOf(ben, ben), 'unconfirmed', 'it has read the accusation, and not what others know')
  t.is(stateOf(ben, ana), 'unconfirmed')
  await meets(t, hostile, ana, () => stateOf(ana, founder) === 'cut-off')
  t.is(stateOf(ana, ben), 'active', 'of which another has read in time')
  await connect(t, ana, ben)
  await eventually(() => rosterOf(ben) === rosterOf(ana))
  t.is(stateOf(ben, ben), 'active')
})

test('those whom one organiser leaves unconfirmed stay linked, and read what each of them says', async (t) => {
  const { founder, hostile, ana, ben } = await circleOf(t)
  await connect(t, ana, ben)
  await accuse(hostile, founder)
  for (const one of [ana, ben]) await connect(t, hostile, one)
  for (const one of [ana, ben]) await eventually(() => stateOf(one, one) === 'unconfirmed')
  await ana.circle.say(note())
  await eventually(() => ben.circle.lines.some(({ device }) => isOf(ana, device)))
  t.ok(ben.exchange.peerOf(ana.keys.device))
  t.absent(ben.circle.admits(founder.keys.device), 'who was cut off is refused all the same')
})

/** Let in by the founder in this order; each has met it once, and is linked with nobody. */
async function circleOf(t: Assert) {
  const roles = ['contact', 'organiser', 'contact', 'contact'] as const
  const [founder, witness, hostile, ana, ben] = await enrolled(t, ...roles)
  hostile.circle.admits = () => true // to whom it would say nothing, it says what it likes
  return { founder, witness, hostile, ana, ben }
}

/** Linked until then. */
async function meets(t: Assert, a: Station, b: Station, until: () => boolean): Promise<void> {
  const wire = await connect(t, a, b)
  await eventually(until)
  wire.cut()
}

/** By somebody who has read of all: `temoin second <member>`. */
async function spokenOf({ circle, clock }: Station, { keys }: Station): Promise<void> {
  const { device } = keys
  const { journal, index } = circle.lines.find(
    ({ entry }) => entry.kind === 'member-added' && b4a.equals(entry.body.device, device)
  )!
  const body = { device, journal, index, atMs: clock.now(), seen: seenBy(circle.lines) }
  await circle.say({ kind: 'seconded', body })
}

/** As if it had read nothing but that it was let in. */
function accuse({ circle, clock }: Station, { keys }: Station): Promise<void> {
  const body = { device: keys.device, reason: 'seized', atMs: clock.now(), seen: [] }
  return circle.say({ kind: 'member-revoked', body })
}

function note() {
  return { kind: 'leaving' as const, body: { dueAtMs: null, atMs: 1 } }
}

function stateOf({ circle }: Station, { keys }: Station): MemberState {
  return circle.roster.find(keys.device)!.state
}

function rosterOf({ circle }: Station): string {
  return circle.roster.members.map(({ device, state }) => `${hex(device)} ${state}`).join()
}

function isOf({ keys }: Station, device: Uint8Array): boolean {
  return b4a.equals(keys.device, device)
}
