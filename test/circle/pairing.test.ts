import b4a from 'b4a'
import type NoiseSecretStream from '@hyperswarm/secret-stream'
import test from 'brittle'
import type { Assert } from 'brittle'
import { redeemInvite } from '../../core/circle/candidate.ts'
import { InviteHost } from '../../core/circle/invite-host.ts'
import { candidateKeyPair, inviterKeyPair } from '../../core/circle/invite-keys.ts'
import { ANSWER_GRANT, boundTo, firstMessage } from '../../core/circle/pairing-wire.ts'
import { decodeInvite } from '../../core/encoding/invite.ts'
import { pairGrant, signed } from '../../core/encoding/pairing.ts'
import type { PairGrant } from '../../core/encoding/pairing.ts'
import { LABELS } from '../../core/encoding/signable.ts'
import { encode } from '../../core/encoding/wire.ts'
import { TemoinError } from '../../core/errors.ts'
import { DeviceKeys } from '../../core/identity/device-keys.ts'
import { randomBytes } from '../../core/identity/hash.ts'
import type { CircleId, Role } from '../../core/types/keys.ts'
import { eventually } from '../helpers/eventually.ts'
import { enrol, found, revoke } from '../helpers/station.ts'
import type { Station } from '../helpers/station.ts'
import { Meeting } from './meeting.ts'

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
  const { grant } = await redeem(keys, { timeoutMs: 10_000 })
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
  t.is((await redeem(keys)).code, 'INVITE_REFUSED')
})

test('who is let in after a re-keying is given the secrets made since, but none that shuts it out', async (t) => {
  const { founder, redeem } = await inviting(t, { uses: 5 })
  await revoke(founder, await enrol(t, founder))
  const { grant } = await redeem(newKeys())
  t.alike(grant!.later, founder.state.later)
  t.is(grant!.later.length, 1)
  const leaver = await enrol(t, founder)
  await revoke(founder, leaver)
  t.alike(founder.circle.laterSecretsFor(leaver.keys.device), grant!.later)
  t.is(founder.state.later.length, 2)
})

test('where nobody answers, the candidate is told what to do', async (t) => {
  const { host, redeem } = await inviting(t)
  await host.close()
  t.is((await redeem(newKeys(), { timeoutMs: 0 })).code, 'INVITE_UNREACHABLE')
})

test('who has the invite but not the inviter’s device key cannot pass for the inviter', async (t) => {
  const { host, meeting, redeem } = await inviting(t)
  const { secret } = host.invite
  const impostor = newKeys()
  await meeting.listen(inviterKeyPair(secret), candidateKeyPair(secret).publicKey, (stream) => {
    void firstMessage(stream, 5000).then(() => sendGrant(stream, impostor))
  })
  const { code } = await redeem(newKeys())
  t.is(code, 'INVITE_REFUSED')
})

test('an answer of the true inviter to somebody else cannot be passed on', async (t) => {
  const { founder, host, meeting, redeem } = await inviting(t)
  const { secret } = host.invite
  const true_ = await recordedAnswer(meeting, host, founder)
  await meeting.listen(inviterKeyPair(secret), candidateKeyPair(secret).publicKey, (stream) => {
    void firstMessage(stream, 5000).then(() => stream.write(true_))
  })
  t.is((await redeem(newKeys())).code, 'INVITE_REFUSED')
})

test('who sits between two with the same invite cannot pass a request on', async (t) => {
  const { founder, host, meeting, redeem } = await inviting(t, { uses: 5 })
  const { secret } = host.invite
  const direct = meeting.connect.bind(meeting)
  const seen: Uint8Array[] = []
  host.once('member', () => t.fail('the middleman’s stream was taken for the candidate’s'))
  const middle = new Meeting()
  await middle.listen(inviterKeyPair(secret), candidateKeyPair(secret).publicKey, (stream) => {
    const onward = direct(inviterKeyPair(secret).publicKey, candidateKeyPair(secret))
    stream.on('data', (data) => {
      seen.push(data)
      onward.write(data)
    })
    onward.on('data', (data) => stream.write(data))
    onward.on('close', () => stream.destroy())
  })
  const { code } = await redeem(newKeys(), { rendezvous: middle, timeoutMs: 0 })
  t.is(code, 'INVITE_UNREACHABLE')
  t.is(seen.length, 1)
  t.is(founder.circle.roster.members.length, 1)
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

test('a request that another device signed is not answered', async (t) => {
  const { founder, redeem } = await inviting(t)
  const [claimed, real] = [newKeys(), newKeys()]
  const stolen = Object.create(claimed, { sign: { value: real.sign.bind(real) } }) as DeviceKeys
  t.is((await redeem(stolen, { timeoutMs: 0 })).code, 'INVITE_UNREACHABLE')
  t.is(founder.circle.roster.members.length, 1)
})

test('without the secret of the invite nobody gets as far as asking', async (t) => {
  const { host, meeting } = await inviting(t)
  const { publicKey } = inviterKeyPair(host.invite.secret)
  const stranger = meeting.connect(publicKey, newKeys().noise)
  await eventually(() => stranger.destroyed)
  t.is(host.terms.used, 0)
})

interface Inviting {
  founder: Station
  host: InviteHost
  meeting: Meeting
  clock: { ms: number }
  redeem(keys: DeviceKeys, options?: RedeemOptions): Promise<Outcome>
}

interface RedeemOptions {
  nowMs?: number
  timeoutMs?: number
  rendezvous?: Meeting
}

interface Outcome {
  grant: Awaited<ReturnType<typeof redeemInvite>> | null
  code: string
}

/** A founder who invites for a minute, and anyone who tries to redeem. */
async function inviting(
  t: Assert,
  { uses = 1, role = 'contact' }: { uses?: number; role?: Role } = {}
): Promise<Inviting> {
  const founder = await found(t)
  const clock = { ms: 0 }
  const meeting = new Meeting()
  const { circle, keys } = founder
  const now = (): number => clock.ms
  const host = new InviteHost({
    circle,
    keys,
    rendezvous: meeting,
    role,
    uses,
    expiresAtMs: 60_000,
    now
  })
  t.teardown(() => host.close(), { order: -1 })
  await host.ready()
  const invite = decodeInvite(host.url)
  const redeem = async (
    keys: DeviceKeys,
    { nowMs = 0, timeoutMs = 5000, rendezvous = meeting }: RedeemOptions = {}
  ): Promise<Outcome> => {
    try {
      const now = (): number => nowMs
      const options = { invite, name: 'newcomer', keys, rendezvous, now, timeoutMs }
      return { grant: await redeemInvite(options), code: '' }
    } catch (err) {
      if (TemoinError.is(err)) return { grant: null, code: err.code }
      throw err
    }
  }
  return { founder, host, meeting, clock, redeem }
}

function newKeys(): DeviceKeys {
  return new DeviceKeys(randomBytes(32))
}

function grantOf(circle: CircleId): Uint8Array {
  const secret = b4a.alloc(32, 6)
  const role = 'contact' as const
  const empty = { later: [], heads: [], peers: [] }
  const grant: PairGrant = { circle, name: 'trap', role, secret, ...empty }
  return b4a.concat([ANSWER_GRANT, encode(pairGrant, grant)])
}

function sendGrant(stream: NoiseSecretStream, signer: DeviceKeys): void {
  const body = grantOf(randomBytes(32))
  const signature = signer.sign(LABELS.pairAnswer, boundTo(stream, body))
  stream.write(encode(signed, { body, signature }))
}

/** A grant that the true inviter signed, on a stream with somebody else. */
async function recordedAnswer(
  meeting: Meeting,
  { invite }: InviteHost,
  founder: Station
): Promise<Uint8Array> {
  const { secret } = invite
  const stream = meeting.connect(inviterKeyPair(secret).publicKey, candidateKeyPair(secret))
  await stream.opened
  const body = grantOf(founder.circle.id)
  const signature = founder.keys.sign(LABELS.pairAnswer, boundTo(stream, body))
  stream.destroy()
  return encode(signed, { body, signature })
}
