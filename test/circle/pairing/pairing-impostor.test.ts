import b4a from 'b4a'
import type NoiseSecretStream from '@hyperswarm/secret-stream'
import test from 'brittle'
import { Conversation } from '../../../core/circle/pairing/conversation.ts'
import type { InviteHost } from '../../../core/circle/pairing/invite-host.ts'
import { candidateKeyPair, inviterKeyPair } from '../../../core/circle/pairing/invite-keys.ts'
import { ANSWER_GRANT, boundTo } from '../../../core/circle/pairing/pairing-wire.ts'
import { pairGrant, signed } from '../../../core/encoding/pairing/pairing.ts'
import type { PairGrant } from '../../../core/encoding/pairing/pairing.ts'
import { LABELS } from '../../../core/encoding/signable.ts'
import { encode } from '../../../core/encoding/wire.ts'
import type { DeviceKeys } from '../../../core/identity/device-keys.ts'
import { randomBytes } from '../../../core/identity/hash.ts'
import type { CircleId } from '../../../core/types/keys.ts'
import type { Station } from '../../helpers/devices/station.ts'
import { newKeys } from '../members.ts'
import { inviting } from './inviting.ts'
import { Meeting } from './meeting.ts'

test('who has the invite but not the inviter’s device key cannot pass for the inviter', async (t) => {
  const { host, meeting, redeem } = await inviting(t)
  const { secret } = host.invite
  const impostor = newKeys()
  await meeting.listen(inviterKeyPair(secret), candidateKeyPair(secret).publicKey, (stream) => {
    void firstMessage(stream).then(() => sendGrant(stream, impostor))
  })
  const { code, detail } = await redeem(newKeys())
  t.is(code, 'INVITE_REFUSED')
  t.is(detail, 'impostor')
})

test('an answer of the true inviter to somebody else cannot be passed on', async (t) => {
  const { founder, host, meeting, redeem } = await inviting(t)
  const { secret } = host.invite
  const true_ = await recordedAnswer(meeting, host, founder)
  await meeting.listen(inviterKeyPair(secret), candidateKeyPair(secret).publicKey, (stream) => {
    void firstMessage(stream).then(() => stream.write(true_))
  })
  t.is((await redeem(newKeys())).code, 'INVITE_REFUSED')
})

test('who sits between two with the same invite learns nothing of the candidate', async (t) => {
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
  const keys = newKeys()
  const { code } = await redeem(keys, { rendezvous: middle, timeoutMs: 0 })
  t.is(code, 'INVITE_REFUSED')
  t.is(seen.length, 1, 'a commitment, and nothing after it')
  t.absent(b4a.includes(b4a.concat(seen) as any, keys.device as any))
  t.is(founder.circle.roster.members.length, 1)
})

function grantOf(circle: CircleId): Uint8Array {
  const secret = { whole: true, bytes: b4a.alloc(32, 6) }
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

function firstMessage(stream: NoiseSecretStream): Promise<Uint8Array> {
  return new Conversation(stream, 10_000).next(5000)
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
