// A founder who invites for a minute, anyone who tries to redeem, and hands to say what they like.

import b4a from 'b4a'
import type NoiseSecretStream from '@hyperswarm/secret-stream'
import type { Assert } from 'brittle'
import { redeemInvite } from '../../../core/circle/pairing/candidate.ts'
import type { Asked, RedeemOptions } from '../../../core/circle/pairing/candidate.ts'
import { Conversation } from '../../../core/circle/pairing/conversation.ts'
import { InviteHost } from '../../../core/circle/pairing/invite-host.ts'
import { candidateKeyPair, inviterKeyPair } from '../../../core/circle/pairing/invite-keys.ts'
import { boundTo, commitmentTo } from '../../../core/circle/pairing/pairing-wire.ts'
import { decodeInvite } from '../../../core/encoding/pairing/invite.ts'
import type { Invite } from '../../../core/encoding/pairing/invite.ts'
import { pairAsk, pairCommit, refusal, signed } from '../../../core/encoding/pairing/pairing.ts'
import { LABELS } from '../../../core/encoding/signable.ts'
import { decode, encode } from '../../../core/encoding/wire.ts'
import { TemoinError } from '../../../core/errors.ts'
import type { DeviceKeys } from '../../../core/identity/device-keys.ts'
import { randomBytes } from '../../../core/identity/hash.ts'
import type { Role } from '../../../core/types/keys.ts'
import { found } from '../../helpers/devices/station.ts'
import type { Station } from '../../helpers/devices/station.ts'
import { Meeting } from './meeting.ts'

/** Longer than an answer takes on a machine that does ten other things. */
const PATIENCE_MS = 60_000

export interface Outcome {
  grant: Awaited<ReturnType<typeof redeemInvite>> | null
  code: string
  /** Finer than the code, for screens. */
  detail: string | null
  message: string
  /** What the candidate's screen showed. */
  asked: Asked[]
}

export interface Redeeming {
  nowMs?: number
  timeoutMs?: number
  rendezvous?: RedeemOptions['rendezvous']
  cancelled?: Promise<void>
}

export interface Inviting {
  founder: Station
  host: InviteHost
  invite: Invite
  meeting: Meeting
  clock: { ms: number }
  redeem(keys: DeviceKeys, options?: Redeeming): Promise<Outcome>
}

export interface InvitingOptions {
  uses?: number
  role?: Role
  confirm?: boolean
}

export async function inviting(
  t: Assert,
  { uses = 1, role = 'contact', confirm = false }: InvitingOptions = {}
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
    invite: {
      inviter: keys.device,
      secret: randomBytes(16),
      role,
      expiresAtMs: 60_000,
      addresses: meeting.addresses()
    },
    uses,
    confirm,
    now
  })
  t.teardown(() => host.close(), { order: -1 })
  await host.ready()
  const invite = decodeInvite(host.url)
  const redeem = (keys: DeviceKeys, options: Redeeming = {}): Promise<Outcome> =>
    tryTo(invite, keys, { rendezvous: meeting, ...options })
  return { founder, host, invite, meeting, clock, redeem }
}

async function tryTo(
  invite: Invite,
  keys: DeviceKeys,
  {
    nowMs = 0,
    timeoutMs = PATIENCE_MS,
    ...rest
  }: Redeeming & { rendezvous: RedeemOptions['rendezvous'] }
): Promise<Outcome> {
  const asked: Asked[] = []
  const onAsked = (one: Asked): void => void asked.push(one)
  const now = (): number => nowMs
  try {
    const options = { invite, name: 'newcomer', keys, now, timeoutMs, onAsked, ...rest }
    return { grant: await redeemInvite(options), code: '', detail: null, message: '', asked }
  } catch (err) {
    if (!TemoinError.is(err)) throw err
    const { code, detail, message } = err
    return { grant: null, code, detail, message, asked }
  }
}

/** A candidate that says what a test wants it to say. */
export class Hand {
  readonly stream: NoiseSecretStream
  readonly conversation: Conversation

  constructor(meeting: Meeting, { secret }: Invite) {
    this.stream = meeting.connect(inviterKeyPair(secret).publicKey, candidateKeyPair(secret))
    this.conversation = new Conversation(this.stream, 1024 * 1024)
  }

  /** A well-formed request of these keys, unless `change` alters it. */
  askOf(keys: Pick<DeviceKeys, 'signedBox'>, name = 'hand'): Uint8Array {
    return encode(pairAsk, { ...keys.signedBox, name, addresses: [], nonce: randomBytes(32) })
  }

  async commit(ask: Uint8Array): Promise<Uint8Array> {
    await this.stream.opened
    const commitment = commitmentTo(this.stream, ask)
    this.conversation.say(encode(pairCommit, { commitment }))
    return this.conversation.next(PATIENCE_MS)
  }

  show(keys: DeviceKeys, ask: Uint8Array): void {
    const signature = keys.sign(LABELS.pairAsk, boundTo(this.stream, ask))
    this.conversation.say(encode(signed, { body: ask, signature }))
  }

  /** Why it was refused, or 'granted'. */
  async answer(): Promise<string> {
    const { body } = decode(signed, await this.conversation.next(PATIENCE_MS), 'answer')
    return body[0] === 0 ? 'granted' : decode(refusal, body.subarray(1), 'refusal')
  }

  async write(bytes: Uint8Array): Promise<void> {
    await this.stream.opened
    this.stream.write(bytes)
  }
}

export function text(words: string): Uint8Array {
  return b4a.from(words)
}
