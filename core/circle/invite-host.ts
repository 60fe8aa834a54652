// The inviting side: listens at the invite's meeting point, checks each candidate, adds it to the
// circle, and answers. One message each way, both signed over the handshake of the stream they are in.
// Must never: answer a candidate before its membership is on this device's disk.

import type NoiseSecretStream from '@hyperswarm/secret-stream'
import ReadyResource from 'ready-resource'
import { encodeInvite, INVITE_SECRET_BYTES } from '../encoding/invite.ts'
import type { Invite } from '../encoding/invite.ts'
import { pairAsk, pairGrant, refusal, signed } from '../encoding/pairing.ts'
import type { PairAsk, Refusal } from '../encoding/pairing.ts'
import { LABELS } from '../encoding/signable.ts'
import { decode, encode } from '../encoding/wire.ts'
import { verifyStatement } from '../identity/device-keys.ts'
import type { DeviceKeys } from '../identity/device-keys.ts'
import { randomBytes } from '../identity/hash.ts'
import type { Role } from '../types/keys.ts'
import type { Rendezvous } from '../types/link.ts'
import { decideAdmission } from './admission.ts'
import type { InviteTerms } from './admission.ts'
import type { Circle } from './circle.ts'
import { candidateKeyPair, inviterKeyPair } from './invite-keys.ts'
import { ANSWER_GRANT, ANSWER_REFUSAL, boundTo, firstMessage, seenBy } from './pairing-wire.ts'

/** A candidate that has said nothing by then is let go. */
const ASK_TIMEOUT_MS = 10_000
/** Candidates answered at one moment; the rest try again. */
const MAX_CANDIDATES = 64

export interface InviteHostEvents {
  /** A candidate became a member. */
  member: [{ ask: PairAsk; role: Role }]
  refused: [Refusal]
  /** Every use is spent. */
  spent: []
}

export interface InviteHostOptions {
  circle: Circle
  keys: DeviceKeys
  rendezvous: Rendezvous
  role: Role
  uses: number
  expiresAtMs: number
  now: () => number
}

export class InviteHost extends ReadyResource<InviteHostEvents> {
  readonly url: string
  readonly invite: Invite
  readonly terms: InviteTerms
  readonly #options: InviteHostOptions
  readonly #streams = new Set<NoiseSecretStream>()
  #server: { close(): Promise<void> } | null = null
  #queue: Promise<unknown> = Promise.resolve()

  constructor(options: InviteHostOptions) {
    super()
    this.#options = options
    const { keys, rendezvous, role, uses, expiresAtMs } = options
    this.terms = { uses, used: 0, expiresAtMs }
    this.invite = {
      inviter: keys.device,
      secret: randomBytes(INVITE_SECRET_BYTES),
      role,
      expiresAtMs,
      addresses: rendezvous.addresses()
    }
    this.url = encodeInvite(this.invite)
  }

  protected override async _open(): Promise<void> {
    const { secret } = this.invite
    this.#server = await this.#options.rendezvous.listen(
      inviterKeyPair(secret),
      candidateKeyPair(secret).publicKey,
      (stream) => void this.#onStream(stream)
    )
  }

  protected override async _close(): Promise<void> {
    for (const stream of this.#streams) stream.destroy()
    await this.#queue.catch(() => {})
    if (this.#server) await this.#server.close()
  }

  async #onStream(stream: NoiseSecretStream): Promise<void> {
    stream.on('error', () => {})
    if (this.#streams.size >= MAX_CANDIDATES || this.closing) return void stream.destroy()
    this.#streams.add(stream)
    stream.on('close', () => this.#streams.delete(stream))
    try {
      const ask = this.#readAsk(stream, await firstMessage(stream, ASK_TIMEOUT_MS))
      await this.#inTurn(() => this.#answer(stream, ask))
    } catch {
      stream.destroy() // no ask, a forged one, or the candidate left: nothing to say to it
    }
  }

  /** One candidate at a time, so that the last use cannot be spent twice. */
  #inTurn(work: () => Promise<void>): Promise<void> {
    const done = this.#queue.catch(() => {}).then(work)
    this.#queue = done
    return done
  }

  #readAsk(stream: NoiseSecretStream, message: Uint8Array): PairAsk {
    const { body, signature } = decode(signed, message, 'pairing message')
    const ask = decode(pairAsk, body, 'pairing request')
    if (!verifyStatement(LABELS.pairAsk, boundTo(stream, body), signature, ask.device)) {
      throw new Error('The pairing request is not signed by its device')
    }
    return ask
  }

  async #answer(stream: NoiseSecretStream, ask: PairAsk): Promise<void> {
    const { circle, now } = this.#options
    const admission = decideAdmission(this.terms, circle.roster, ask.device, now())
    if (admission === 'admit') await this.#admit(ask)
    else if (admission !== 'already-member') return this.#refuse(stream, admission)
    await circle.meet([], [{ device: ask.device, addresses: ask.addresses }], ask.device)
    this.#send(stream, ANSWER_GRANT, encode(pairGrant, this.#grant(ask)))
  }

  async #admit(ask: PairAsk): Promise<void> {
    const { circle, role, now } = this.#options
    const { device, box, name } = ask
    const seen = seenBy(circle.lines)
    await circle.say({ kind: 'member-added', body: { device, box, role, name, atMs: now(), seen } })
    this.terms.used++
    this.emit('member', { ask, role })
    if (this.terms.used >= this.terms.uses) this.emit('spent')
  }

  #grant(ask: PairAsk) {
    const { circle, keys, rendezvous } = this.#options
    const { id, secret, heads, peers } = circle.state
    const here = { device: keys.device, addresses: rendezvous.addresses() }
    const role = circle.roster.find(ask.device)!.role
    const later = circle.laterSecretsFor(ask.device)
    return { circle: id, name: circle.name, role, secret, later, heads, peers: [here, ...peers] }
  }

  #refuse(stream: NoiseSecretStream, why: Refusal): void {
    this.emit('refused', why)
    this.#send(stream, ANSWER_REFUSAL, encode(refusal, why))
  }

  #send(stream: NoiseSecretStream, kind: Uint8Array, answer: Uint8Array): void {
    const body = joined(kind, answer)
    const signature = this.#options.keys.sign(LABELS.pairAnswer, boundTo(stream, body))
    stream.write(encode(signed, { body, signature }))
    stream.end()
  }
}

function joined(kind: Uint8Array, answer: Uint8Array): Uint8Array {
  const body = new Uint8Array(kind.byteLength + answer.byteLength)
  body.set(kind)
  body.set(answer, kind.byteLength)
  return body
}
