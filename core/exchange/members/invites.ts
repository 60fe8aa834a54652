// The invites of this device: given, remembered until they are used up, and hosted while somebody wants them to.
// Must never: admit anybody while nobody hosts it, or forget an invite that can be gone on with.

import type { Circle } from '../../circle/circle.ts'
import { InviteHost } from '../../circle/pairing/invite-host.ts'
import { secondOfAccused } from '../../circle/seconding.ts'
import type { OpenInvite } from '../../encoding/memory/pairing-state.ts'
import { INVITE_SECRET_BYTES } from '../../encoding/pairing/invite.ts'
import { TemoinError } from '../../errors.ts'
import { randomBytes } from '../../identity/hash.ts'
import type { Role } from '../../types/keys.ts'
import type { Exchange } from '../exchange.ts'
import type { MembershipOptions } from './membership.ts'

export interface InviteOptions {
  circle: Exchange
  role: Role
  uses: number
  expiresInMs: number
  /** A person looks at each candidate: it waits for `admit` or `refuse`. @default false */
  confirm?: boolean
}

/** An invite that was given before and can be hosted again. */
export interface Resumable {
  open: OpenInvite
  exchange: Exchange
}

export class Invites {
  readonly #options: MembershipOptions
  readonly #hosts = new Set<InviteHost>()

  constructor(options: MembershipOptions) {
    this.#options = options
  }

  /**
   * A new invite, remembered until it is used up, taken back or expired; starts to admit candidates.
   * @throws TemoinError NOT_ALLOWED
   */
  async give(options: InviteOptions): Promise<InviteHost> {
    const { circle: exchange, role, uses, expiresInMs, confirm = false } = options
    const { memory, keys, rendezvous, now } = this.#options
    this.#assertMayInvite(exchange)
    await rendezvous().placed()
    const invite = {
      inviter: keys.device,
      secret: randomBytes(INVITE_SECRET_BYTES),
      role,
      expiresAtMs: 1000 * Math.ceil((now() + expiresInMs) / 1000),
      addresses: rendezvous().addresses()
    }
    const open = { circle: exchange.circle.id, invite, uses, confirm }
    await memory.remember(open)
    return this.#host(exchange, open)
  }

  /** Invites that an end of the process cut short, newest last. */
  get open(): Resumable[] {
    const { memory, circles } = this.#options
    return memory.open.flatMap((open) => {
      const exchange = circles().byId(open.circle)
      return exchange === null ? [] : [{ open, exchange }]
    })
  }

  /** Goes on with an invite that was given before, the very same link and code. */
  resume({ open, exchange }: Resumable): Promise<InviteHost> {
    this.#assertMayInvite(exchange)
    return this.#host(exchange, open)
  }

  /** Ends an invite for good, before its time. */
  async takeBack(host: InviteHost): Promise<void> {
    await this.#options.memory.forget(host.invite.secret)
    await host.end()
  }

  /** Hosts none any more: each can be gone on with. */
  async close(): Promise<void> {
    for (const host of this.#hosts) await host.close()
  }

  async #host(exchange: Exchange, { invite, uses, confirm }: OpenInvite): Promise<InviteHost> {
    const { memory, keys, rendezvous, now } = this.#options
    const { circle } = exchange
    const { secret } = invite
    const host = new InviteHost({
      circle,
      keys,
      rendezvous: rendezvous(),
      invite,
      uses,
      confirm,
      now
    })
    const forget = (): void => void memory.forget(secret).catch(() => {})
    host.on('spent', forget)
    host.on('expired', forget)
    host.once('close', () => this.#hosts.delete(host))
    this.#hosts.add(host)
    await host.ready()
    return host
  }

  #assertMayInvite({ circle }: Exchange): void {
    const member = circle.roster.active(this.#options.keys.device)
    if (member?.role === 'organiser' && !member.onHold) return assertWhole(circle)
    const sentence =
      member?.role === 'organiser'
        ? `This device cut somebody off alone and cannot invite until another member agrees: ask one to run "${secondOfAccused(circle.roster, member.device)}"`
        : 'Only an organiser can invite: ask one of the circle'
    throw new TemoinError('NOT_ALLOWED', sentence)
  }
}

/** Whom it let in would get no more than it has itself. @throws TemoinError NOT_ALLOWED */
function assertWhole(circle: Circle): void {
  if (circle.epochs.isWhole) return
  const sentence =
    'This device was a relay and has not been told the names in this circle yet: keep it running until another organiser is online'
  throw new TemoinError('NOT_ALLOWED', sentence)
}
