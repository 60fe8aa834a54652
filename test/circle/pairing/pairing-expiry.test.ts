import b4a from 'b4a'
import test from 'brittle'
import { Deadline } from '../../../core/circle/pairing/deadline.ts'
import { InviteHost } from '../../../core/circle/pairing/invite-host.ts'
import { retryMs } from '../../../core/circle/pairing/candidate.ts'
import { eventually } from '../../helpers/eventually.ts'
import { Hand, inviting } from './inviting.ts'
import { newKeys } from '../members.ts'

test('after its expiry nothing that comes from an invite’s secret lets anybody in or opens anything', async (t) => {
  const { founder, invite, meeting, redeem } = await inviting(t)
  const { circle, keys } = founder
  const clock = { ms: 0 }
  const expiresAtMs = 1000
  const host = new InviteHost({
    circle,
    keys,
    rendezvous: meeting,
    invite: { ...invite, secret: b4a.alloc(16, 7), expiresAtMs },
    uses: 3,
    confirm: true,
    now: () => clock.ms
  })
  t.teardown(() => host.close())
  let hasExpired = false
  host.on('expired', () => (hasExpired = true))
  await host.ready()
  const known = { ...invite, secret: b4a.alloc(16, 7), expiresAtMs }
  const waiting = new Hand(meeting, known)
  const ask = waiting.askOf(keys)
  await waiting.commit(ask)
  t.absent(hasExpired)
  clock.ms = expiresAtMs
  await eventually(() => hasExpired)
  t.ok(host.closed, 'it ended by itself')
  t.alike(host.invite.secret, b4a.alloc(16), 'its secret is gone from memory')
  await eventually(() => waiting.stream.destroyed)
  t.pass('who was in the middle of it is cut off')
  const late = new Hand(meeting, known)
  await eventually(() => late.stream.destroyed)
  t.is(founder.circle.roster.members.length, 1, 'the meeting point is nobody’s')
  t.ok((await redeem(newKeys())).grant, 'another invite is not touched')
})

test('a candidate that waits when the invite expires is told that it has', async (t) => {
  const { host, redeem } = await inviting(t, { confirm: true })
  const redeemed = redeem(newKeys())
  await eventually(() => host.candidates.length === 1)
  await host.end('expired')
  t.is((await redeemed).code, 'INVITE_EXPIRED')
})

test('a candidate asks again and again until somebody answers', async (t) => {
  const { founder, invite, meeting, redeem } = await inviting(t)
  const { circle, keys } = founder
  const away = { ...invite, secret: b4a.alloc(16, 8) }
  const options = { circle, keys, rendezvous: meeting, invite: away, uses: 1, confirm: false }
  const late = new InviteHost({ ...options, now: () => 0 })
  t.teardown(() => late.close())
  const { redeemInvite } = await import('../../../core/circle/pairing/candidate.ts')
  const attempts: number[] = []
  const redeemed = redeemInvite({
    invite: away,
    name: 'patient',
    keys: newKeys(),
    rendezvous: meeting,
    now: () => 0,
    onAttempt: (attempt) => void attempts.push(attempt)
  })
  await eventually(() => attempts.length >= 2)
  await late.ready()
  t.ok(await redeemed)
  t.ok((await redeem(newKeys())).grant)
})

test('tries come less and less often, and never together', (t) => {
  t.alike(
    [1, 2, 3, 6, 100].map((attempt) => retryMs(attempt, 0)),
    [500, 1000, 2000, 10_000, 10_000]
  )
  t.ok(retryMs(100, 0.99) < retryMs(100, 0.1))
})

test('a deadline that is weeks away is kept by the clock, not by a timer', async (t) => {
  const clock = { ms: 0 }
  let calls = 0
  const deadline = new Deadline(
    () => clock.ms,
    () => calls++
  )
  deadline.set(50)
  clock.ms = 40
  await new Promise<void>((resolve) => setTimeout(resolve, 80))
  t.is(calls, 0, 'the timer is over and the clock is not there yet')
  clock.ms = 50
  await eventually(() => calls === 1)
  deadline.set(60)
  deadline.clear()
})
