// The invited side: finds the inviter by the invite alone, asks, and checks the answer against the
// device key that the invite carries. Goes on trying until the invite expires or time is up.

import type NoiseSecretStream from '@hyperswarm/secret-stream'
import type { Invite } from '../encoding/invite.ts'
import { pairAsk, pairGrant, refusal, signed } from '../encoding/pairing.ts'
import type { PairGrant, Refusal } from '../encoding/pairing.ts'
import { LABELS } from '../encoding/signable.ts'
import { decode, encode } from '../encoding/wire.ts'
import { TemoinError } from '../errors.ts'
import type { ErrorCode } from '../errors.ts'
import { verifyStatement } from '../identity/device-keys.ts'
import type { DeviceKeys } from '../identity/device-keys.ts'
import type { Rendezvous } from '../types/link.ts'
import { candidateKeyPair, inviterKeyPair } from './invite-keys.ts'
import { ANSWER_GRANT, boundTo, firstMessage } from './pairing-wire.ts'

const ANSWER_TIMEOUT_MS = 20_000
const RETRY_EVERY_MS = 1000

export interface RedeemOptions {
  invite: Invite
  name: string
  keys: DeviceKeys
  rendezvous: Rendezvous
  now: () => number
  /** Give up after this long, ms. */
  timeoutMs: number
  /** Called before each attempt. */
  onAttempt?: (attempt: number) => void
  /** Settles when nobody waits for the outcome any more. */
  cancelled?: Promise<void>
}

/**
 * @returns what a new member needs
 * @throws TemoinError INVITE_EXPIRED, INVITE_USED, INVITE_REFUSED, INVITE_UNREACHABLE, or CLOSED where it
 * was cancelled
 */
export async function redeemInvite(options: RedeemOptions): Promise<PairGrant> {
  const { invite, now, timeoutMs } = options
  const giveUpAtMs = now() + timeoutMs
  for (let attempt = 1; ; attempt++) {
    if (now() >= invite.expiresAtMs) throw refused('expired')
    options.onAttempt?.(attempt)
    const grant = await askOnce(options)
    if (grant !== null) return grant
    if (now() + RETRY_EVERY_MS >= giveUpAtMs) throw unreachable()
    if (await isCancelled(RETRY_EVERY_MS, options.cancelled)) throw givenUp()
  }
}

/** Waits, and tells whether the wait was cut short. */
async function isCancelled(waitMs: number, cancelled?: Promise<void>): Promise<boolean> {
  let timer: Timer | null = null
  const waited = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), waitMs)
  })
  try {
    return await Promise.race([waited, cancelled?.then(() => true) ?? waited])
  } finally {
    clearTimeout(timer)
  }
}

/** The grant, or null where the inviter could not be reached this time. */
async function askOnce({
  invite,
  name,
  keys,
  rendezvous
}: RedeemOptions): Promise<PairGrant | null> {
  const remote = inviterKeyPair(invite.secret).publicKey
  const pair = candidateKeyPair(invite.secret)
  const stream = rendezvous.connect(remote, pair, invite.addresses)
  stream.on('error', () => {})
  let message: Uint8Array
  try {
    const answer = firstMessage(stream, ANSWER_TIMEOUT_MS)
    answer.catch(() => {})
    if (!(await stream.opened)) return null
    stream.write(encodeAsk(stream, keys, name, rendezvous))
    message = await answer
  } catch {
    return null
  } finally {
    stream.end()
  }
  return readAnswer(stream, invite, message)
}

function encodeAsk(
  stream: NoiseSecretStream,
  keys: DeviceKeys,
  name: string,
  rendezvous: Rendezvous
): Uint8Array {
  const { device, box } = keys
  const body = encode(pairAsk, { device, box, name, addresses: rendezvous.addresses() })
  return encode(signed, { body, signature: keys.sign(LABELS.pairAsk, boundTo(stream, body)) })
}

function readAnswer(stream: NoiseSecretStream, invite: Invite, message: Uint8Array): PairGrant {
  const { body, signature } = decode(signed, message, 'pairing message')
  if (!verifyStatement(LABELS.pairAnswer, boundTo(stream, body), signature, invite.inviter)) {
    throw new TemoinError(
      'INVITE_REFUSED',
      'Somebody else answered this invite: do not use it, ask the person who invited you for a new one'
    )
  }
  const answer = body.subarray(1)
  if (body[0] === ANSWER_GRANT[0]) return decode(pairGrant, answer, 'pairing answer')
  throw refused(decode(refusal, answer, 'pairing answer'))
}

const REFUSED: Record<Refusal, [ErrorCode, string]> = {
  expired: ['INVITE_EXPIRED', 'This invite has expired: ask for a new one'],
  used: ['INVITE_USED', 'This invite has been used up: ask for a new one'],
  refused: ['INVITE_REFUSED', 'The circle does not let this device in: ask an organiser why'],
  full: ['INVITE_REFUSED', 'The circle has no room for more members: ask an organiser']
}

function refused(why: Refusal): TemoinError {
  const [code, sentence] = REFUSED[why]
  return new TemoinError(code, sentence)
}

function unreachable(): TemoinError {
  return new TemoinError(
    'INVITE_UNREACHABLE',
    'The device that made this invite could not be reached: make sure it is on, shows the invite, and shares a network or the internet with this one'
  )
}

function givenUp(): TemoinError {
  return new TemoinError('CLOSED', 'Joining was given up before anybody answered: try it again')
}
