import b4a from 'b4a'
import test from 'brittle'
import type { InviteHost } from '../../../core/circle/pairing/invite-host.ts'
import {
  candidateKeyPair,
  inviteId,
  inviterKeyPair
} from '../../../core/circle/pairing/invite-keys.ts'
import { pairGrant } from '../../../core/encoding/pairing/pairing.ts'
import type { PairGrant } from '../../../core/encoding/pairing/pairing.ts'
import { ROLES } from '../../../core/encoding/journal/journal-entry.ts'
import { decode, encode } from '../../../core/encoding/wire.ts'
import { forRelay } from '../../../core/circle/keys/secrets.ts'
import { refused } from '../../helpers/refused.ts'
import type { DeviceKeys } from '../../../core/identity/device-keys.ts'
import { eventually } from '../../helpers/eventually.ts'
import { enrol, revoke } from '../../helpers/devices/station.ts'
import { Hand, inviting } from './inviting.ts'
import { newKeys } from '../members.ts'

test('a candidate with an invite becomes a member, and learns what a member needs', async (t) => {
  const { founder, host, redeem } = await inviting(t, { role: 'keeper' })
  const keys = newKeys()
  const { grant } = await redeem(keys)
  t.alike(grant!.circle, founder.circle.id)
  t.alike(grant!.secret, founder.state.secret)
  t.is(grant!.role, 'keeper')
  t.alike(
    grant!.heads.map(({ device }) => device),
    [founder.keys.device]
  )
  const member = founder.circle.roster.active(keys.device)
  t.alike([member!.role, member!.name, member!.box], ['keeper', 'newcomer', keys.box])
  t.is(host.terms.used, 1)
})

test('nobody is told the secret before the membership is on the inviter’s disk', async (t) => {
  const { founder, redeem } = await inviting(t)
  const order: string[] = []
  const { store } = founder
  const flush = store.durable.bind(store)
  store.durable = async () => {
    await flush()
    order.push('on disk')
  }
  await redeem(newKeys())
  order.push('answered')
  t.alike(order, ['on disk', 'answered'])
})

test('of many who race for an invite of one use exactly one gets in', async (t) => {
  const { founder, redeem } = await inviting(t)
  const outcomes = await Promise.all(Array.from({ length: 8 }, () => redeem(newKeys())))
  t.is(outcomes.filter(({ grant }) => grant !== null).length, 1)
  t.is(outcomes.filter(({ code }) => code === 'INVITE_USED').length, 7)
  t.is(founder.circle.roster.members.length, 2)
})

test('an invite of three uses lets three in, and is spent', async (t) => {
  const { founder, host, redeem } = await inviting(t, { uses: 3 })
  let spent = 0
  host.on('spent', () => spent++)
  for (let i = 0; i < 3; i++) t.ok((await redeem(newKeys())).grant)
  t.is((await redeem(newKeys())).code, 'INVITE_USED')
  t.is(founder.circle.roster.members.length, 4)
  t.is(spent, 1)
})

test('an expired invite lets nobody in, whatever the candidate’s clock says', async (t) => {
  const { founder, clock, redeem } = await inviting(t)
  clock.ms += 60_000
  t.is((await redeem(newKeys(), { nowMs: 0 })).code, 'INVITE_EXPIRED')
  t.is(founder.circle.roster.members.length, 1)
})

test('a candidate does not even ask with an invite that has expired', async (t) => {
  const { meeting, redeem } = await inviting(t)
  t.is((await redeem(newKeys(), { nowMs: 60_000 })).code, 'INVITE_EXPIRED')
  t.is(meeting.streams.length, 0)
})

test('a candidate whose answer was lost asks again, and costs no second use', async (t) => {
  const { founder, host, meeting, redeem } = await inviting(t)
  host.once('member', () => meeting.streams.at(-1)![0].destroy())
  const keys = newKeys()
  const { grant } = await redeem(keys)
  t.alike(grant!.secret, founder.state.secret)
  t.is(host.terms.used, 1)
  t.is(founder.circle.roster.members.length, 2)
  t.is(meeting.streams.length, 2)
})

test('a device that was revoked does not come back by an invite', async (t) => {
  const { founder, redeem } = await inviting(t, { uses: 5 })
  const keys = newKeys()
  await redeem(keys)
  const body = { device: keys.device, reason: 'lost', atMs: 5, seen: [] }
  await founder.circle.say({ kind: 'member-revoked', body })
  const { code, detail } = await redeem(keys)
  t.is(code, 'INVITE_REFUSED')
  t.is(detail, 'refused', 'so that a screen can say it in its own words')
})

test('who is let in after a re-keying is given the secrets made since, but none that shuts it out', async (t) => {
  const { founder, redeem } = await inviting(t, { uses: 5 })
  await revoke(founder, await enrol(t, founder))
  const { grant } = await redeem(newKeys())
  t.alike(grant!.later, founder.state.later)
  t.is(grant!.later.length, 1)
  const leaver = await enrol(t, founder)
  await revoke(founder, leaver)
  t.alike(founder.circle.epochs.secretsFor(leaver.keys.device).later, grant!.later)
  t.is(founder.state.later.length, 2)
})

test('a relay is given no whole secret of any epoch, and no name', async (t) => {
  const { founder, redeem } = await inviting(t, { uses: 5, role: 'relay' })
  await revoke(founder, await enrol(t, founder))
  const { grant } = await redeem(newKeys())
  const { name, role, secret, later } = grant!
  t.alike({ name, role, epochs: later.length }, { name: '', role: 'relay', epochs: 1 })
  const had = [founder.state.secret, ...founder.state.later]
  t.alike([secret, ...later], had.map(forRelay))
  t.absent([secret, ...later].some(({ whole }) => whole))
})

test('a relay that asks by an invite for others is given what a relay is', async (t) => {
  const { founder, redeem } = await inviting(t, { role: 'contact' })
  const relay = await enrol(t, founder, 'relay')
  const { grant } = await redeem(relay.keys)
  t.is(grant!.role, 'relay')
  t.absent(grant!.secret.whole)
})

test('a grant of a name or a whole secret to a relay is not written, and not taken', (t) => {
  const none = { circle: b4a.alloc(32), name: '', heads: [], peers: [], later: [] }
  const part = { whole: false, bytes: b4a.alloc(32) }
  const whole = { whole: true, bytes: b4a.alloc(32) }
  const grant: PairGrant = { ...none, role: 'relay', secret: part }
  for (const more of [{ name: 'Quai' }, { secret: whole }, { later: [part, whole] }]) {
    refused(t, () => encode(pairGrant, { ...grant, ...more }), 'written')
    const { name, ...rest } = { ...grant, ...more }
    const forged = encode(pairGrant, { ...rest, name, role: 'keeper' })
    const role = 34 + name.length // behind the version, the circle and the name
    t.is(ROLES[forged[role]!], 'keeper')
    forged[role]!++
    refused(t, () => decode(pairGrant, forged, 'grant'), 'taken')
  }
})

test('where nobody answers, the candidate is told what to do', async (t) => {
  const { host, redeem } = await inviting(t)
  await host.close()
  t.is((await redeem(newKeys(), { timeoutMs: 0 })).code, 'INVITE_UNREACHABLE')
})

test('a candidate that says nothing, or nonsense, does not keep the next one waiting', async (t) => {
  const { host, meeting, redeem } = await inviting(t)
  const { secret } = host.invite
  const remote = inviterKeyPair(secret).publicKey
  const silent = meeting.connect(remote, candidateKeyPair(secret))
  const babbler = meeting.connect(remote, candidateKeyPair(secret))
  await Promise.all([silent.opened, babbler.opened])
  babbler.write(b4a.from('let me in'))
  await eventually(() => babbler.destroyed)
  t.ok((await redeem(newKeys())).grant)
  t.absent(silent.destroyed)
})

test('a request that another device signed lets nobody in, and it is said why', async (t) => {
  const { founder, host, redeem } = await inviting(t)
  const [claimed, real] = [newKeys(), newKeys()]
  const { signedBox } = claimed
  const stolen = { signedBox, sign: real.sign.bind(real) } as unknown as DeviceKeys
  const reasons: string[] = []
  host.on('refused', (why) => reasons.push(why))
  t.is((await redeem(stolen, { timeoutMs: 0 })).code, 'INVITE_REFUSED')
  t.alike(reasons, ['forged'])
  t.is(founder.circle.roster.members.length, 1)
})

test('a request with a box key that its device has not signed lets nobody in', async (t) => {
  const { founder, host, meeting } = await inviting(t)
  const [keys, other] = [newKeys(), newKeys()]
  const reasons: string[] = []
  host.on('refused', (why) => reasons.push(why))
  const { device, boxSignature } = keys.signedBox
  for (const signedBox of [
    { device, box: other.box, boxSignature },
    { ...other.signedBox, device }
  ]) {
    const hand = new Hand(meeting, host.invite)
    const ask = hand.askOf({ signedBox })
    await hand.commit(ask)
    hand.show(keys, ask)
    t.is(await hand.answer(), 'forged')
  }
  t.alike(reasons, ['forged', 'forged'])
  t.is(founder.circle.roster.members.length, 1)
})

test('the journal says who let in whom, when, and with which invite', async (t) => {
  const { founder, host, clock, redeem } = await inviting(t)
  clock.ms = 7000
  const keys = newKeys()
  await redeem(keys)
  const line = founder.circle.lines.find(({ entry }) => entry.kind === 'member-added')!
  t.alike(line.device, founder.keys.device)
  t.alike(line.entry.body, {
    ...keys.signedBox,
    role: 'contact',
    name: 'newcomer',
    atMs: 7000,
    seen: (line.entry.body as any).seen,
    invite: inviteId(host.invite.secret)
  })
})

test('the uses of an invite that is hosted again go on where the journal says they were', async (t) => {
  const { founder, host, redeem, meeting } = await inviting(t, { uses: 3 })
  await redeem(newKeys())
  await redeem(newKeys())
  const { circle, keys } = founder
  const { invite } = await inviting(t)
  const again = new (host.constructor as typeof InviteHost)({
    circle,
    keys,
    rendezvous: meeting,
    invite: { ...invite, inviter: keys.device, secret: host.invite.secret },
    uses: 3,
    confirm: false,
    now: () => 0
  })
  t.is(again.terms.used, 2)
})

test('an invite of a device that is no organiser any more lets nobody in', async (t) => {
  const { founder, redeem } = await inviting(t)
  const body = { device: founder.keys.device, reason: 'gone', atMs: 5, seen: [] }
  await founder.circle.say({ kind: 'member-revoked', body })
  const { code, message } = await redeem(newKeys())
  t.is(code, 'INVITE_REFUSED')
  t.ok(/may let nobody in/.test(message), message)
})

test('without the secret of the invite nobody gets as far as asking', async (t) => {
  const { host, meeting } = await inviting(t)
  const { publicKey } = inviterKeyPair(host.invite.secret)
  const stranger = meeting.connect(publicKey, newKeys().noise)
  await eventually(() => stranger.destroyed)
  t.is(host.terms.used, 0)
})
