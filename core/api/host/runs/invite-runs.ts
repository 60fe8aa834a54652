// The invites that this device hosts for its screens, and those that an earlier run left open.
// Must never: admit a candidate by itself where a person was to look at it.

import z32 from 'z32'
import { LANGUAGES, phraseText } from '../../../circle/pairing/check-phrase.ts'
import type { CheckPhrase } from '../../../circle/pairing/check-phrase.ts'
import type { InviteHost } from '../../../circle/pairing/invite-host.ts'
import { inviteId, usesOf } from '../../../circle/pairing/invite-keys.ts'
import type { Candidate } from '../../../circle/pairing/interview.ts'
import type { Device } from '../../../device.ts'
import { encodeInvite } from '../../../encoding/pairing/invite.ts'
import { TemoinError } from '../../../errors.ts'
import { plain } from '../../../evidence/text/plain.ts'
import type { Exchange } from '../../../exchange/exchange.ts'
import type { InviteOptions, Resumable } from '../../../exchange/members/invites.ts'
import type { CandidateItem, InviteState, Phrases } from '../../contract.ts'
import type { StateStore } from '../state-store.ts'

const MAX_REFUSED = 20

type Phase = InviteState['phase']

interface Run {
  host: InviteHost
  exchange: Exchange
  phase: Phase
  admitted: InviteState['admitted']
  refused: InviteState['refused']
  /** When each that waits came. */
  cameAtMs: Map<string, number>
}

export interface InviteRunsOptions {
  device: Device
  store: StateStore
  now: () => number
}

export class InviteRuns {
  readonly #options: InviteRunsOptions
  readonly #runs = new Map<string, Run>()

  constructor(options: InviteRunsOptions) {
    this.#options = options
    for (const open of options.device.openInvites) this.#putClosed(open)
  }

  async open(options: InviteOptions): Promise<{ invite: string; url: string }> {
    const host = await this.#options.device.invite(options)
    return { invite: this.#begin(host, options.circle), url: host.url }
  }

  async resume(invite: string): Promise<void> {
    const { device } = this.#options
    const found = device.openInvites.find(({ open }) => idOf(open.invite.secret) === invite)
    if (found === undefined) throw unknown()
    const run = this.#runs.get(invite)
    if (run !== undefined && run.phase === 'open') return
    this.#begin(await device.resumeInvite(found), found.exchange)
  }

  async close(invite: string): Promise<void> {
    const run = this.#get(invite)
    run.phase = 'closed'
    await run.host.close()
    this.#tell(invite)
  }

  async takeBack(invite: string): Promise<void> {
    if (!this.#runs.has(invite)) await this.resume(invite)
    const run = this.#get(invite)
    run.phase = 'taken-back'
    await this.#options.device.takeBack(run.host)
    this.#tell(invite)
  }

  /** @throws TemoinError BAD_STATE where that device does not wait (any more) */
  decide(invite: string, device: Uint8Array, verdict: 'admit' | 'refuse'): void {
    if (this.#get(invite).host[verdict](device)) return
    throw new TemoinError('BAD_STATE', 'That device does not wait any more: ask it to try again')
  }

  #begin(host: InviteHost, exchange: Exchange): string {
    const id = z32.encode(host.id)
    const before = this.#runs.get(id)
    const { admitted = [], refused = [] } = before ?? {}
    this.#runs.set(id, { host, exchange, phase: 'open', admitted, refused, cameAtMs: new Map() })
    host.on('candidate', () => this.#tell(id))
    host.on('left', () => this.#tell(id))
    host.on('member', (member) => this.#onMember(id, member))
    host.on('refused', (reason, ask) => this.#onRefused(id, reason, ask))
    host.on('spent', () => this.#end(id, 'spent'))
    host.on('expired', () => this.#end(id, 'expired'))
    this.#tell(id)
    return id
  }

  #onMember(id: string, { role, ...candidate }: Candidate & { role: any }): void {
    const run = this.#runs.get(id)!
    run.admitted = [...run.admitted, { ...this.#item(run, candidate), role }]
    this.#tell(id)
  }

  #onRefused(id: string, reason: any, ask: Candidate['ask'] | null): void {
    const run = this.#runs.get(id)!
    const device = ask && z32.encode(ask.device)
    const name = ask && plain(ask.name)
    const one = { reason, device, name, atMs: this.#options.now() }
    run.refused = [...run.refused, one].slice(-MAX_REFUSED)
    this.#tell(id)
  }

  #end(id: string, phase: Phase): void {
    this.#runs.get(id)!.phase = phase
    this.#tell(id)
  }

  #tell(id: string): void {
    const run = this.#runs.get(id)!
    const { host, exchange, phase, admitted, refused } = run
    const { url, invite, terms, confirm } = host
    this.#options.store.put('invites', id, {
      invite: id,
      circle: z32.encode(exchange.circle.id),
      url,
      role: invite.role,
      uses: terms.uses,
      used: terms.used,
      expiresAtMs: invite.expiresAtMs,
      confirm,
      phase,
      candidates: phase === 'open' ? host.candidates.map((one) => this.#item(run, one)) : [],
      admitted,
      refused
    })
  }

  /** One that an earlier run left open. */
  #putClosed({ open, exchange }: Resumable): void {
    const { invite, uses, confirm } = open
    const id = idOf(invite.secret)
    const used = usesOf(exchange.circle.rulings, invite.inviter, invite.secret)
    const { role, expiresAtMs } = invite
    const circle = z32.encode(exchange.circle.id)
    const what = { invite: id, circle, url: encodeInvite(invite), role, uses, used, expiresAtMs }
    const nobody = { candidates: [], admitted: [], refused: [] }
    this.#options.store.put('invites', id, { ...what, confirm, phase: 'closed', ...nobody })
  }

  #item({ cameAtMs }: Run, { ask, phrase }: Candidate): CandidateItem {
    const device = z32.encode(ask.device)
    const atMs = cameAtMs.get(device) ?? this.#options.now()
    cameAtMs.set(device, atMs)
    return { device, name: plain(ask.name), phrases: phrasesOf(phrase), atMs }
  }

  #get(invite: string): Run {
    const run = this.#runs.get(invite)
    if (run === undefined) throw unknown()
    return run
  }
}

export function phrasesOf(phrase: CheckPhrase): Phrases {
  return Object.fromEntries(LANGUAGES.map((language) => [language, phraseText(phrase, language)]))
}

function idOf(secret: Uint8Array): string {
  return z32.encode(inviteId(secret))
}

function unknown(): TemoinError {
  return new TemoinError('BAD_INPUT', 'This device has no such invite: make a new one')
}
