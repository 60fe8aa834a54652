// The invited side: finds the inviter by the invite alone, asks, and checks the answer against the
// device key that the invite carries. Goes on trying until the invite expires or time is up.
// Must never: say who it is to anybody but the inviter that the invite names.

import type NoiseSecretStream from '@hyperswarm/secret-stream'
import type { Invite } from '../../encoding/pairing/invite.ts'
import {
  pairAsk,
  pairChallenge,
  pairCommit,
  pairGrant,
  refusal
} from '../../encoding/pairing/pairing.ts'
import { signed } from '../../encoding/pairing/pairing.ts'
import type { PairChallenge, PairGrant, Signed } from '../../encoding/pairing/pairing.ts'
import { LABELS } from '../../encoding/signable.ts'
import { decode, encode } from '../../encoding/wire.ts'
import { verifyStatement } from '../../identity/device-keys.ts'
import type { DeviceKeys } from '../../identity/device-keys.ts'
import { randomBytes } from '../../identity/hash.ts'
import type { Rendezvous } from '../../types/link.ts'
import { checkPhrase } from './check-phrase.ts'
import type { CheckPhrase } from './check-phrase.ts'
import { Conversation } from './conversation.ts'
import { candidateKeyPair, inviterKeyPair } from './invite-keys.ts'
import { ANSWER_GRANT, boundTo, commitmentTo } from './pairing-wire.ts'
import {
  expiredUnanswered,
  expiredUnreached,
  givenUp,
  impostor,
  refused,
  unreachable
} from './refusals.ts'

const OPEN_TIMEOUT_MS = 15_000
const ANSWER_TIMEOUT_MS = 20_000
/** A grant of a large circle with all its heads, and its framing. */
const MAX_ANSWER_BYTES = 2 * 1024 * 1024
/** Doubles from the first to the last; a third of it is chance, so that a crowd spreads out. */
const RETRY_MS = { first: 500, last: 10_000 }

export interface RedeemOptions {
  invite: Invite
  name: string
  keys: DeviceKeys
  rendezvous: Rendezvous
  now: () => number
  /** Give up after this long, ms. @default when the invite expires */
  timeoutMs?: number
  /** Called before each attempt. */
  onAttempt?: (attempt: number) => void
  /** The inviter is there and has our request: what both sides show now. */
  onAsked?: (asked: Asked) => void
  /** Settles when nobody waits for the outcome any more. */
  cancelled?: Promise<void>
}

export interface Asked {
  phrase: CheckPhrase
  /** A person over there looks at the request before it is answered. */
  confirm: boolean
}

/**
 * @returns what a new member needs
 * @throws TemoinError INVITE_EXPIRED, INVITE_USED, INVITE_REFUSED, INVITE_ON_HOLD, INVITE_FOREIGN,
 * INVITE_UNREACHABLE, or CLOSED where it was cancelled
 */
export async function redeemInvite(options: RedeemOptions): Promise<PairGrant> {
  const { invite, now, timeoutMs = Infinity, cancelled } = options
  const giveUpAtMs = now() + timeoutMs
  for (let attempt = 1; ; attempt++) {
    if (now() >= invite.expiresAtMs) throw attempt === 1 ? expiredUnanswered() : expiredUnreached()
    options.onAttempt?.(attempt)
    const grant = await askOnce(options)
    if (grant !== null) return grant
    const waitMs = Math.min(retryMs(attempt, Math.random()), leftMs(options))
    if (now() + waitMs >= giveUpAtMs) throw unreachable()
    if (await isCancelled(waitMs, cancelled)) throw givenUp()
  }
}

/** Until it expires. */
function leftMs({ invite, now }: RedeemOptions): number {
  return Math.max(0, invite.expiresAtMs - now())
}

/** @param random in [0, 1) */
export function retryMs(attempt: number, random: number): number {
  const base = Math.min(RETRY_MS.last, RETRY_MS.first * 2 ** Math.min(attempt - 1, 16))
  return base * (1 - random / 3)
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
async function askOnce(options: RedeemOptions): Promise<PairGrant | null> {
  const { invite, rendezvous, cancelled } = options
  const remote = inviterKeyPair(invite.secret).publicKey
  const pair = candidateKeyPair(invite.secret)
  const stream = rendezvous.connect(remote, pair, invite.addresses)
  const conversation = new Conversation(stream, MAX_ANSWER_BYTES)
  void cancelled?.then(() => stream.destroy())
  const timer = setTimeout(() => stream.destroy(), Math.min(OPEN_TIMEOUT_MS, leftMs(options)))
  try {
    const opened = await stream.opened
    clearTimeout(timer)
    if (!opened) return null
    const message = await talk(conversation, options)
    return message === null ? null : readAnswer(stream, invite, message)
  } finally {
    clearTimeout(timer)
    stream.end()
  }
}

/** The inviter's last word, or null where it left before it. */
async function talk(conversation: Conversation, options: RedeemOptions): Promise<Signed | null> {
  const { stream } = conversation
  const { invite, onAsked } = options
  const ask = encodeAsk(options)
  const commitment = commitmentTo(stream, ask)
  conversation.say(encode(pairCommit, { commitment }))
  const first = await answerTo(conversation, ANSWER_TIMEOUT_MS)
  if (first === null) return null
  const challenge = readChallenge(stream, invite, commitment, first)
  if (challenge === null) return first
  conversation.say(encode(signed, { body: ask, signature: signAsk(stream, options, ask) }))
  const { handshakeHash } = stream
  const { nonce, confirm } = challenge
  const phrase = checkPhrase({ handshakeHash, inviter: invite.inviter, nonce, ask })
  onAsked?.({ phrase, confirm })
  return answerTo(conversation, confirm ? Infinity : ANSWER_TIMEOUT_MS)
}

async function answerTo(conversation: Conversation, timeoutMs: number): Promise<Signed | null> {
  let message: Uint8Array
  try {
    message = await conversation.next(timeoutMs)
  } catch {
    return null
  }
  return decode(signed, message, 'pairing message')
}

function encodeAsk({ keys, name, rendezvous }: RedeemOptions): Uint8Array {
  const nonce = randomBytes(32)
  return encode(pairAsk, { ...keys.signedBox, name, addresses: rendezvous.addresses(), nonce })
}

function signAsk(stream: NoiseSecretStream, { keys }: RedeemOptions, ask: Uint8Array): Uint8Array {
  return keys.sign(LABELS.pairAsk, boundTo(stream, ask))
}

/** Null where it is no challenge: then it can only be the inviter's last word. */
function readChallenge(
  stream: NoiseSecretStream,
  { inviter }: Invite,
  commitment: Uint8Array,
  { body, signature }: Signed
): PairChallenge | null {
  const statement = boundTo(stream, commitment, body)
  if (!verifyStatement(LABELS.pairChallenge, statement, signature, inviter)) return null
  return decode(pairChallenge, body, 'pairing challenge')
}

function readAnswer(
  stream: NoiseSecretStream,
  { inviter }: Invite,
  { body, signature }: Signed
): PairGrant {
  const statement = boundTo(stream, body)
  if (!verifyStatement(LABELS.pairAnswer, statement, signature, inviter)) throw impostor()
  const answer = body.subarray(1)
  if (body[0] === ANSWER_GRANT[0]) return decode(pairGrant, answer, 'pairing answer')
  throw refused(decode(refusal, answer, 'pairing answer'))
}
