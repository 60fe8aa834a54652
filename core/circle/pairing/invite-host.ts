// The inviting side: listens at the invite's meeting point, lets a person look at each candidate where
// that is asked for, adds it to the circle, and answers. Ends by itself when the invite expires.
// Must never: answer a candidate before its membership is on this device's disk.

import b4a from 'b4a'
import type NoiseSecretStream from '@hyperswarm/secret-stream'
import ReadyResource from 'ready-resource'
import { encodeInvite } from '../../encoding/pairing/invite.ts'
import type { Invite } from '../../encoding/pairing/invite.ts'
import { pairGrant, refusal, signed } from '../../encoding/pairing/pairing.ts'
import type { PairAsk, Refusal } from '../../encoding/pairing/pairing.ts'
import { LABELS } from '../../encoding/signable.ts'
import { encode } from '../../encoding/wire.ts'
import type { DeviceKeys } from '../../identity/device-keys.ts'
import { wipe } from '../../identity/hash.ts'
import type { DeviceKey, Role } from '../../types/keys.ts'
import type { Rendezvous } from '../../types/link.ts'
import { decideAdmission } from './admission.ts'
import type { Admission, InviteTerms } from './admission.ts'
import type { Circle } from '../circle.ts'
import { seenBy } from '../journal/seen-by.ts'
import { canRead } from '../roster.ts'
import { Conversation } from './conversation.ts'
import { Deadline } from './deadline.ts'
import { interview } from './interview.ts'
import type { Candidate } from './interview.ts'
import { candidateKeyPair, inviteId, inviterKeyPair, usesOf } from './invite-keys.ts'
import { ANSWER_GRANT, ANSWER_REFUSAL, boundTo } from './pairing-wire.ts'
import { Seats } from './seats.ts'
import { WaitingRoom } from './waiting-room.ts'

/** A commitment and a request: well below a kilobyte, and the same again for framing. */
const MAX_CANDIDATE_BYTES = 8 * 1024
/** For the last answers to leave. */
const FAREWELL_MS = 300

export interface InviteHostEvents {
  /** It waits until `admit` or `refuse` is called; told where the host confirms. */
  candidate: [Candidate]
  /** One that waited has gone; it may come again. */
  left: [DeviceKey]
  /** A candidate became a member. */
  member: [Candidate & { role: Role }]
  /** Who was refused, where it got as far as saying so. */
  refused: [Refusal, PairAsk | null]
  /** Every use is spent. */
  spent: []
  expired: []
  close: []
}

export interface InviteHostOptions {
  circle: Circle
  keys: DeviceKeys
  rendezvous: Rendezvous
  /** This object wipes its secret when it is over. */
  invite: Invite
  uses: number
  /** Every candidate waits for `admit` or `refuse`. */
  confirm: boolean
  now: () => number
}

export class InviteHost extends ReadyResource<InviteHostEvents> {
  readonly url: string
  readonly invite: Invite
  readonly terms: InviteTerms
  readonly confirm: boolean
  /** How the journals name this invite. 8 bytes. */
  readonly id: Uint8Array
  readonly #options: InviteHostOptions
  readonly #seats = new Seats()
  readonly #room = new WaitingRoom()
  readonly #expiry: Deadline
  #server: { close(): Promise<void> } | null = null
  #queue: Promise<unknown> = Promise.resolve()

  constructor(options: InviteHostOptions) {
    super()
    this.#options = options
    const { circle, invite, uses, confirm, now } = options
    const { inviter, secret, expiresAtMs } = invite
    this.invite = { ...invite, secret: b4a.from(secret) }
    this.terms = { inviter, uses, used: usesOf(circle.rulings, inviter, secret), expiresAtMs }
    this.confirm = confirm
    this.url = encodeInvite(invite)
    this.id = inviteId(secret)
    this.#expiry = new Deadline(now, () => void this.#expire())
  }

  protected override async _open(): Promise<void> {
    const { secret, expiresAtMs } = this.invite
    const { publicKey } = candidateKeyPair(secret)
    const onStream = (stream: NoiseSecretStream): void => void this.#onStream(stream)
    const { rendezvous } = this.#options
    this.#server = await rendezvous.listen(inviterKeyPair(secret), publicKey, onStream)
    this.#expiry.set(expiresAtMs)
  }

  /** Whoever waits hears nothing and goes on trying: the invite may be hosted again. */
  protected override async _close(): Promise<void> {
    this.#expiry.clear()
    this.#seats.clear()
    await this.#queue.catch(() => {})
    if (this.#server) await this.#server.close()
    wipe(this.invite.secret)
  }

  /** Closes for good: whoever waits is told why. */
  async end(why: Refusal = 'withdrawn'): Promise<void> {
    if (this.#room.candidates.length > 0) {
      this.#room.decideAll(why)
      await new Promise<void>((resolve) => setTimeout(resolve, FAREWELL_MS))
    }
    await this.close()
  }

  /** Who waits for a word. */
  get candidates(): Candidate[] {
    return this.#room.candidates
  }

  /** False where that device does not wait (any more). */
  admit(device: DeviceKey): boolean {
    return this.#room.decide(device, 'admit')
  }

  refuse(device: DeviceKey): boolean {
    return this.#room.decide(device, 'declined')
  }

  async #expire(): Promise<void> {
    await this.end('expired')
    this.emit('expired')
  }

  async #onStream(stream: NoiseSecretStream): Promise<void> {
    stream.on('error', () => {})
    if (this.closing || !this.#seats.take(stream)) return void stream.destroy()
    const conversation = new Conversation(stream, MAX_CANDIDATE_BYTES)
    try {
      const { keys } = this.#options
      const candidate = await interview(conversation, { keys, confirm: this.confirm })
      this.#seats.asked(stream)
      if (typeof candidate === 'string') this.#refuse(conversation, candidate, null)
      else await this.#consider(conversation, candidate)
    } catch {
      stream.destroy() // no request, or the candidate left: nothing to say to it
    }
  }

  async #consider(conversation: Conversation, candidate: Candidate): Promise<void> {
    if (this.confirm && this.#admission(candidate.ask) === 'admit') {
      const word = this.#room.wait(conversation, candidate)
      this.emit('candidate', candidate)
      const decided = await word
      if (decided === null) return void this.emit('left', candidate.ask.device)
      if (decided !== 'admit') return this.#refuse(conversation, decided, candidate.ask)
    }
    await this.#inTurn(() => this.#answer(conversation, candidate))
  }

  #admission(ask: PairAsk): Admission {
    const { circle, now } = this.#options
    return decideAdmission(this.terms, circle.roster, ask.device, now())
  }

  /** One candidate at a time, so that the last use cannot be spent twice. */
  #inTurn(work: () => Promise<void>): Promise<void> {
    const done = this.#queue.catch(() => {}).then(work)
    this.#queue = done
    return done
  }

  async #answer(conversation: Conversation, candidate: Candidate): Promise<void> {
    const { ask } = candidate
    const admission = this.#admission(ask)
    if (admission === 'admit') await this.#admit(candidate)
    else if (admission !== 'already-member') return this.#refuse(conversation, admission, ask)
    const peer = { device: ask.device, addresses: ask.addresses }
    await this.#options.circle.meet([], [peer], ask.device)
    this.#send(conversation, ANSWER_GRANT, encode(pairGrant, this.#grant(ask)))
  }

  async #admit(candidate: Candidate): Promise<void> {
    const { circle, now } = this.#options
    const { role } = this.invite
    const { device, box, boxSignature, name } = candidate.ask
    const seen = seenBy(circle.ends)
    const whom = { device, box, boxSignature, role, name }
    const body = { ...whom, atMs: now(), seen, invite: this.id }
    await circle.say({ kind: 'member-added', body })
    this.terms.used++
    this.emit('member', { ...candidate, role })
    if (this.terms.used < this.terms.uses) return
    this.#room.decideAll('used')
    this.emit('spent')
  }

  #grant(ask: PairAsk) {
    const { circle, keys, rendezvous } = this.#options
    const { id, heads, peers } = circle.state
    const here = { device: keys.device, addresses: rendezvous.addresses() }
    const { role } = circle.roster.find(ask.device)!
    const name = canRead(role) ? circle.givenName : ''
    const known = { heads, peers: [here, ...peers] }
    return { circle: id, name, role, ...circle.epochs.secretsFor(ask.device), ...known }
  }

  #refuse(conversation: Conversation, why: Refusal, ask: PairAsk | null): void {
    if (!this.closing) this.emit('refused', why, ask)
    this.#send(conversation, ANSWER_REFUSAL, encode(refusal, why))
  }

  #send(conversation: Conversation, kind: Uint8Array, answer: Uint8Array): void {
    const body = b4a.concat([kind, answer])
    const signature = this.#options.keys.sign(LABELS.pairAnswer, boundTo(conversation.stream, body))
    conversation.sayLast(encode(signed, { body, signature }))
  }
}
