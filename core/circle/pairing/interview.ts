// The inviter's side of one conversation, up to a request that is what its device committed to and
// signed on this very stream, with a box key that is that device's own. Whether it is let in is decided elsewhere.
// Must never: tell a candidate anything of the circle.

import b4a from 'b4a'
import { pairAsk, pairChallenge, pairCommit, signed } from '../../encoding/pairing/pairing.ts'
import type { PairAsk, Refusal } from '../../encoding/pairing/pairing.ts'
import { LABELS } from '../../encoding/signable.ts'
import { decode, encode } from '../../encoding/wire.ts'
import { verifyBox, verifyStatement } from '../../identity/device-keys.ts'
import type { DeviceKeys } from '../../identity/device-keys.ts'
import { randomBytes } from '../../identity/hash.ts'
import { checkPhrase } from './check-phrase.ts'
import type { CheckPhrase } from './check-phrase.ts'
import type { Conversation } from './conversation.ts'
import { boundTo, commitmentTo } from './pairing-wire.ts'

/** A candidate that has said nothing by then is let go. */
const PATIENCE_MS = 10_000
const VERSION = 1

export interface Candidate {
  ask: PairAsk
  phrase: CheckPhrase
}

export interface InterviewOptions {
  keys: DeviceKeys
  /** Told to the candidate: a person will look at it. */
  confirm: boolean
}

/**
 * @returns who asks, or why nobody here can answer it otherwise
 * @throws where what it says is no pairing at all, or it leaves
 */
export async function interview(
  conversation: Conversation,
  { keys, confirm }: InterviewOptions
): Promise<Candidate | Refusal> {
  const { stream } = conversation
  const first = await conversation.next(PATIENCE_MS)
  if (first[0] !== VERSION) return 'version'
  const { commitment } = decode(pairCommit, first, 'pairing commitment')
  const nonce = randomBytes(32)
  const body = encode(pairChallenge, { nonce, confirm })
  const signature = keys.sign(LABELS.pairChallenge, boundTo(stream, commitment, body))
  conversation.say(encode(signed, { body, signature }))
  const request = decode(signed, await conversation.next(PATIENCE_MS), 'pairing message')
  const ask = decode(pairAsk, request.body, 'pairing request')
  const isHeld = b4a.equals(commitmentTo(stream, request.body), commitment)
  const statement = boundTo(stream, request.body)
  const isSigned = verifyStatement(LABELS.pairAsk, statement, request.signature, ask.device)
  if (!isHeld || !isSigned || !verifyBox(ask)) return 'forged'
  const { handshakeHash } = stream
  const transcript = { handshakeHash, inviter: keys.device, nonce, ask: request.body }
  return { ask, phrase: checkPhrase(transcript) }
}
