// Founding a circle, letting people in, getting in, and letting go: what changes who belongs.
// Must never: change a roster by itself; every change is a line in a journal that all members hold.

import b4a from 'b4a'
import { redeemInvite } from '../../circle/pairing/candidate.ts'
import type { Asked } from '../../circle/pairing/candidate.ts'
import { InviteHost } from '../../circle/pairing/invite-host.ts'
import { inviteId } from '../../circle/pairing/invite-keys.ts'
import type { Circle } from '../../circle/circle.ts'
import type { JournalLine } from '../../circle/roster.ts'
import { secondOfAccused } from '../../circle/seconding.ts'
import { newFounding } from '../../circle/founding.ts'
import type { CircleSecret } from '../../encoding/pairing/circle-secret.ts'
import { freshCircle } from '../../encoding/memory/device-state.ts'
import type { CircleState } from '../../encoding/memory/device-state.ts'
import { INVITE_SECRET_BYTES } from '../../encoding/pairing/invite.ts'
import type { Invite } from '../../encoding/pairing/invite.ts'
import type { OpenInvite } from '../../encoding/memory/pairing-state.ts'
import type { PairGrant, PeerAddresses } from '../../encoding/pairing/pairing.ts'
import { TemoinError } from '../../errors.ts'
import type { DeviceKeys } from '../../identity/device-keys.ts'
import { randomBytes } from '../../identity/hash.ts'
import type { CircleId, DeviceKey, Role } from '../../types/keys.ts'
import type { Rendezvous } from '../../types/link.ts'
import type { Circles } from './circles.ts'
import type { Exchange } from '../exchange.ts'
import type { PairingMemory } from './pairing-memory.ts'

/** What ends a try to join and leaves its invite pending. */
const MAY_COME_YET = ['CLOSED', 'INVITE_UNREACHABLE', 'INVITE_ON_HOLD'] as const

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

export interface JoinOptions {
  /** A new name for this device. */
  name?: string
  /** Give up after this long, ms; the invite stays remembered. @default when it expires */
  timeoutMs?: number
  /** Called before each attempt to reach the inviter. */
  onAttempt?: (attempt: number) => void
  /** The inviter has our request: the phrase that both sides show, and whether a person looks at it. */
  onAsked?: (asked: Asked) => void
  /** Settles when nobody waits for the outcome any more; the invite stays remembered. */
  cancelled?: Promise<void>
}

export interface MembershipOptions {
  circles: () => Circles
  memory: PairingMemory
  keys: DeviceKeys
  rendezvous: () => Rendezvous
  /** What this device calls itself. */
  name: () => string
  /** This device gave that circle up: all it held of it is gone. */
  hasLeft: (circle: CircleId) => Promise<boolean>
  now: () => number
}

export class Membership {
  readonly #options: MembershipOptions
  readonly #joins = new Set<() => void>()
  readonly #hosts = new Set<InviteHost>()

  constructor(options: MembershipOptions) {
    this.#options = options
  }

  /** A new circle, this device its first organiser. */
  async found(name: string): Promise<Exchange> {
    const { circles, keys, now } = this.#options
    const founding = newFounding(keys)
    const { id } = founding
    const exchange = await circles().add(freshCircle({ id, name, secret: newSecret() }))
    const body = { ...keys.signedBox, name, deviceName: this.#options.name(), atMs: now() }
    await exchange.circle.found(founding, body)
    return exchange
  }

  /**
   * A new invite, remembered until it is used up, taken back or expired; starts to admit candidates.
   * @throws TemoinError NOT_ALLOWED
   */
  async invite(options: InviteOptions): Promise<InviteHost> {
    const { circle: exchange, role, uses, expiresInMs, confirm = false } = options
    const { memory, keys, rendezvous, now } = this.#options
    this.#assertOrganiser(exchange, 'invite')
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
  openInvites(): Resumable[] {
    const { memory, circles } = this.#options
    return memory.open.flatMap((open) => {
      const exchange = circles().byId(open.circle)
      return exchange === null ? [] : [{ open, exchange }]
    })
  }

  /** Goes on with an invite that was given before, the very same link and code. */
  resume({ open, exchange }: Resumable): Promise<InviteHost> {
    this.#assertOrganiser(exchange, 'invite')
    return this.#host(exchange, open)
  }

  /** Ends an invite for good, before its time. */
  async takeBack(host: InviteHost): Promise<void> {
    await this.#options.memory.forget(host.invite.secret)
    await host.end()
  }

  /** Gives up the invite that is pending. */
  forgetPending(): Promise<void> {
    return this.#options.memory.setJoining(null)
  }

  /** The invite this device was trying to redeem when it was stopped, or null. */
  get pending(): Invite | null {
    return this.#options.memory.joining
  }

  /**
   * Redeems an invite, or the one that is pending; it is remembered until it is redeemed, refused or
   * expired. Resolves once this device is a member and the journals have begun to arrive.
   */
  async join(invite: Invite, patience: Omit<JoinOptions, 'name'>): Promise<Exchange> {
    const { circles, memory, hasLeft } = this.#options
    this.#assertNotRedeemed(invite)
    if (invite.expiresAtMs > this.#options.now()) await memory.setJoining(invite)
    const grant = await this.#redeem(invite, patience).catch((err) => this.#failed(err))
    if (await hasLeft(grant.circle)) return this.#failed(givenUp())
    const known = circles().byId(grant.circle)
    if (known === null) {
      const exchange = await circles().add(stateFrom(grant, invite))
      await this.#introduce(exchange, invite, grant)
    } else if (known.circle.roster.active(this.#options.keys.device) === null) {
      await this.#introduce(known, invite, grant) // let in before, and cut off at once
    }
    await memory.setJoining(null)
    const member = known?.circle.roster.active(this.#options.keys.device)
    if (known && member) throw isMember(known, member.role)
    return circles().byId(grant.circle)!
  }

  /** Ends every join that is still trying, and hosts no invite any more: both can be gone on with. */
  async cancel(): Promise<void> {
    for (const cancel of this.#joins) cancel()
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

  /** Only what may yet succeed stays remembered. */
  async #failed(err: unknown): Promise<never> {
    const mayComeYet = MAY_COME_YET.some((code) => TemoinError.is(err, code))
    if (!mayComeYet) await this.#options.memory.setJoining(null)
    throw err
  }

  async #introduce({ circle }: Exchange, invite: Invite, grant: PairGrant): Promise<void> {
    await circle.meet(grant.heads, [placeOf(invite), ...grant.peers], invite.inviter)
  }

  async #redeem(
    invite: Invite,
    { cancelled: unwanted, ...patience }: Omit<JoinOptions, 'name'>
  ): Promise<PairGrant> {
    const { keys, rendezvous, name, now } = this.#options
    let cancel = (): void => {}
    const cancelled = new Promise<void>((resolve) => (cancel = resolve))
    this.#joins.add(cancel)
    void unwanted?.then(cancel)
    const self = { name: name(), keys, rendezvous: rendezvous(), now }
    try {
      return await redeemInvite({ invite, ...self, cancelled, ...patience })
    } finally {
      this.#joins.delete(cancel)
    }
  }

  /** Told without asking anybody: our own journals say it. @throws TemoinError INVITE_REDEEMED */
  #assertNotRedeemed({ inviter, secret }: Invite): void {
    const { circles, keys } = this.#options
    const id = inviteId(secret)
    const redeemed = circles().all.find(({ circle }) =>
      circle.rulings.some((line) => admits(line, inviter, keys.device, id))
    )
    if (!redeemed) return
    throw isMember(redeemed, redeemed.circle.roster.active(keys.device)?.role)
  }

  #assertOrganiser({ circle }: Exchange, verb: string): void {
    const member = circle.roster.active(this.#options.keys.device)
    if (member?.role === 'organiser' && !member.onHold) return assertWhole(circle)
    const sentence =
      member?.role === 'organiser'
        ? `This device cut somebody off alone and cannot ${verb} until another member agrees: ask one to run "${secondOfAccused(circle.roster, member.device)}"`
        : `Only an organiser can ${verb}: ask one of the circle`
    throw new TemoinError('NOT_ALLOWED', sentence)
  }
}

/** With where the inviter is: dialled without, it would be looked for in a DHT that may not be there. */
function stateFrom({ circle: id, name, secret, later }: PairGrant, invite: Invite): CircleState {
  const peers = [placeOf(invite)]
  return freshCircle({ id, name, secret, later, introducer: invite.inviter, peers })
}

function placeOf({ inviter: device, addresses }: Invite): PeerAddresses {
  return { device, addresses }
}

/** Its members know what it signed for, and that it leaves: it would be counted on, or delete, by old words. */
function givenUp(): TemoinError {
  return new TemoinError(
    'NOT_ALLOWED',
    'This device has given up that circle and cannot come back to it: join with a new device, in a directory of its own'
  )
}

/** Whom it let in would get no more than it has itself. @throws TemoinError NOT_ALLOWED */
function assertWhole(circle: Circle): void {
  if (circle.epochs.isWhole) return
  const sentence =
    'This device was a relay and has not been told the names in this circle yet: keep it running until another organiser is online'
  throw new TemoinError('NOT_ALLOWED', sentence)
}

function admits(
  { device, entry }: JournalLine,
  inviter: DeviceKey,
  candidate: DeviceKey,
  invite: Uint8Array
): boolean {
  if (entry.kind !== 'member-added' || !b4a.equals(device, inviter)) return false
  const { body } = entry
  return b4a.equals(body.device, candidate) && !!body.invite && b4a.equals(body.invite, invite)
}

/** @param role here, where it is a member still: a relay knows no name of its circles */
function isMember({ circle }: Exchange, role?: Role): TemoinError {
  const relays =
    'This relay is in that circle already, and an invite changes nothing for it: "temoin-relay circles" lists its circles'
  const members = `This device is a member of that circle already (${circle.name}), and an invite changes nothing for it: "temoin circle show" lists the members`
  return new TemoinError('INVITE_REDEEMED', role === 'relay' ? relays : members)
}

function newSecret(): CircleSecret {
  return { whole: true, bytes: randomBytes(32) }
}
