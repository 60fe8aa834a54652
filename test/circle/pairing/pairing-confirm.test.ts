import test from 'brittle'
import { eventually } from '../../helpers/eventually.ts'
import { Hand, inviting } from './inviting.ts'
import { newKeys } from '../members.ts'

test('where each candidate is confirmed nobody gets in before a person said so', async (t) => {
  const { founder, host, redeem } = await inviting(t, { confirm: true })
  const keys = newKeys()
  const redeemed = redeem(keys)
  await eventually(() => host.candidates.length === 1)
  const [candidate] = host.candidates
  t.alike(candidate!.ask.device, keys.device)
  t.is(candidate!.ask.name, 'newcomer')
  t.is(founder.circle.roster.members.length, 1)
  t.ok(host.admit(keys.device))
  const { grant, asked } = await redeemed
  t.ok(grant)
  t.ok(asked[0]!.confirm, 'the candidate knew that somebody would look')
  t.alike(asked[0]!.phrase, candidate!.phrase)
  t.is(founder.circle.roster.members.length, 2)
})

test('a candidate that was refused hears it, costs no use, and is no member', async (t) => {
  const { founder, host, redeem } = await inviting(t, { confirm: true })
  const keys = newKeys()
  const redeemed = redeem(keys)
  await eventually(() => host.candidates.length === 1)
  t.ok(host.refuse(keys.device))
  const { code, message } = await redeemed
  t.is(code, 'INVITE_REFUSED')
  t.ok(/check phrase/.test(message), message)
  t.is(host.terms.used, 0)
  t.is(founder.circle.roster.members.length, 1)
})

test('a word about a device that does not wait changes nothing', async (t) => {
  const { founder, host } = await inviting(t, { confirm: true })
  t.absent(host.admit(newKeys().device))
  t.is(founder.circle.roster.members.length, 1)
})

test('a candidate that left is gone from the list; when it comes again it stands there once', async (t) => {
  const { host, invite, meeting, redeem } = await inviting(t, { confirm: true })
  const keys = newKeys()
  const left: Uint8Array[] = []
  host.on('left', (device) => left.push(device))
  const hand = new Hand(meeting, invite)
  const ask = hand.askOf(keys)
  await hand.commit(ask)
  hand.show(keys, ask)
  await eventually(() => host.candidates.length === 1)
  hand.stream.destroy()
  await eventually(() => host.candidates.length === 0)
  t.alike(left, [keys.device])
  const redeemed = [redeem(keys), redeem(keys)]
  await eventually(() => meeting.streams.length >= 3 && host.candidates.length === 1)
  host.on('candidate', () => setTimeout(() => host.admit(keys.device), 0))
  host.admit(keys.device)
  for (const { grant } of await Promise.all(redeemed)) t.ok(grant)
  t.is(host.terms.used, 1)
})

test('with the last use spent, those who still wait are told so', async (t) => {
  const { host, redeem } = await inviting(t, { confirm: true })
  const [first, second] = [newKeys(), newKeys()]
  const redeemed = [redeem(first), redeem(second)]
  await eventually(() => host.candidates.length === 2)
  host.admit(second.device)
  const [one, two] = await Promise.all(redeemed)
  t.is(one!.code, 'INVITE_USED')
  t.ok(two!.grant)
})

test('an invite that is taken back says so to those who wait', async (t) => {
  const { host, redeem } = await inviting(t, { confirm: true })
  const redeemed = redeem(newKeys())
  await eventually(() => host.candidates.length === 1)
  await host.end()
  const { code, detail, message } = await redeemed
  t.is(code, 'INVITE_REFUSED')
  t.is(detail, 'withdrawn')
  t.ok(/taken back/.test(message), message)
})
