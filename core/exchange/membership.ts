// Founding a circle, letting people in, getting in, and letting go: what changes who belongs.
// Must never: change a roster by itself; every change is a line in a journal that all members hold.

import b4a from 'b4a'
import { redeemInvite } from '../circle/candidate.ts'
import { InviteHost } from '../circle/invite-host.ts'
import { seenBy } from '../circle/pairing-wire.ts'
import { circleIdOf } from '../circle/secrets.ts'
import type { CircleState } from '../encoding/device-state.ts'
import { decodeInvite } from '../encoding/invite.ts'
import type { Invite } from '../encoding/invite.ts'
import type { PairGrant } from '../encoding/pairing.ts'
import { TemoinError } from '../errors.ts'
import type { DeviceKeys } from '../identity/device-keys.ts'
import { randomBytes } from '../identity/hash.ts'
import type { CircleId, DeviceKey, Role } from '../types/keys.ts'
import type { Rendezvous } from '../types/link.ts'
import type { Circles } from './circles.ts'
import type { Exchange } from './exchange.ts'

export interface InviteOptions {
  circle: Exchange
  role: Role
  uses: number
  expiresInMs: number
}

export interface JoinOptions {
  /** A new name for this device. */
  name?: string
  /** Give up after this long, ms. */
  timeoutMs: number
  /** Called before each attempt to reach the inviter. */
  onAttempt?: (attempt: number) => void
}

export interface MembershipOptions {
  circles: () => Circles
  keys: DeviceKeys
  rendezvous: () => Rendezvous
  /** What this device calls itself. */
  name: () => string
  now: () => number
}

export class Membership {
  readonly #options: MembershipOptions
  readonly #joins = new Set<() => void>()

  constructor(options: MembershipOptions) {
    this.#options = options
  }

  /** A new circle, this device its first organiser. */
  async found(name: string): Promise<Exchange> {
    const { circles, keys, now } = this.#options
    const { device, box } = keys
    const nonce = randomBytes(32)
    const id = circleIdOf(device, nonce)
    const exchange = await circles().add(freshState(id, name, randomBytes(32), null))
    const body = { nonce, name, device, box, deviceName: this.#options.name(), atMs: now() }
    await exchange.circle.say({ kind: 'circle-created', body })
    return exchange
  }

  /** Starts to admit candidates; close the host to stop. @throws TemoinError NOT_ALLOWED */
  async invite({ circle: exchange, role, uses, expiresInMs }: InviteOptions): Promise<InviteHost> {
    const { keys, rendezvous, now } = this.#options
    const { circle } = exchange
    this.#assertOrganiser(exchange, 'invite')
    const expiresAtMs = now() + expiresInMs
    const host = new InviteHost({
      circle,
      keys,
      rendezvous: rendezvous(),
      role,
      uses,
      expiresAtMs,
      now
    })
    await host.ready()
    return host
  }

  /** Redeems an invite; resolves once this device is a member and the journals have begun to arrive. */
  async join(url: string, patience: Omit<JoinOptions, 'name'>): Promise<Exchange> {
    const { circles } = this.#options
    const invite = decodeInvite(url)
    const grant = await this.#redeem(invite, patience)
    const known = circles().byId(grant.circle)
    if (known) return known
    const fresh = freshState(grant.circle, grant.name, grant.secret, invite.inviter)
    const state = { ...fresh, later: grant.later }
    const exchange = await circles().add(state)
    const inviter = { device: invite.inviter, addresses: invite.addresses }
    await exchange.circle.meet(grant.heads, [inviter, ...grant.peers], invite.inviter)
    return exchange
  }

  /** @throws TemoinError BAD_INPUT where it is no member, NOT_ALLOWED */
  async revoke(exchange: Exchange, device: DeviceKey, reason: string): Promise<void> {
    const { circle } = exchange
    if (circle.roster.active(device) === null) throw notAMember()
    if (!b4a.equals(device, this.#options.keys.device)) this.#assertOrganiser(exchange, 'revoke')
    const seen = seenBy(circle.lines)
    const body = { device, reason, atMs: this.#options.now(), seen }
    await circle.say({ kind: 'member-revoked', body })
  }

  /** Ends every join that is still trying. */
  cancel(): void {
    for (const cancel of this.#joins) cancel()
  }

  async #redeem(invite: Invite, patience: Omit<JoinOptions, 'name'>): Promise<PairGrant> {
    const { keys, rendezvous, name, now } = this.#options
    let cancel = (): void => {}
    const cancelled = new Promise<void>((resolve) => (cancel = resolve))
    this.#joins.add(cancel)
    const self = { name: name(), keys, rendezvous: rendezvous(), now }
    try {
      return await redeemInvite({ invite, ...self, cancelled, ...patience })
    } finally {
      this.#joins.delete(cancel)
    }
  }

  #assertOrganiser({ circle }: Exchange, verb: string): void {
    if (circle.roster.active(this.#options.keys.device)?.role === 'organiser') return
    const sentence = `Only an organiser can ${verb}: ask one of the circle`
    throw new TemoinError('NOT_ALLOWED', sentence)
  }
}

function notAMember(): TemoinError {
  const sentence = 'This device is not a member: "temoin circle show" lists them'
  return new TemoinError('BAD_INPUT', sentence)
}

function freshState(
  id: CircleId,
  name: string,
  secret: Uint8Array,
  introducer: DeviceKey | null
): CircleState {
  return {
    id,
    name,
    secret,
    later: [],
    introducer,
    journal: null,
    heads: [],
    peers: [],
    members: [],
    revoked: [],
    films: []
  }
}
