// How this device gets into a circle: an invite is redeemed, however often the line is cut, until it is a member.
// Must never: forget an invite that may yet succeed, or ask for what our own journals say.

import b4a from 'b4a'
import { redeemInvite } from '../../circle/pairing/candidate.ts'
import type { Asked } from '../../circle/pairing/candidate.ts'
import { inviteId } from '../../circle/pairing/invite-keys.ts'
import type { JournalLine } from '../../circle/roster.ts'
import { freshCircle } from '../../encoding/memory/device-state.ts'
import type { CircleState } from '../../encoding/memory/device-state.ts'
import type { Invite } from '../../encoding/pairing/invite.ts'
import type { PairGrant, PeerAddresses } from '../../encoding/pairing/pairing.ts'
import { TemoinError } from '../../errors.ts'
import type { DeviceKey, Role } from '../../types/keys.ts'
import type { Exchange } from '../exchange.ts'
import type { MembershipOptions } from './membership.ts'

/** What ends a try to join and leaves its invite pending. */
const MAY_COME_YET = ['CLOSED', 'INVITE_UNREACHABLE', 'INVITE_ON_HOLD'] as const

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

export class Joining {
  readonly #options: MembershipOptions
  readonly #tries = new Set<() => void>()

  constructor(options: MembershipOptions) {
    this.#options = options
  }

  /** Gives up the invite that is pending. */
  forget(): Promise<void> {
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
    const member = known?.circle.roster.active(this.#options.keys.device) ?? null
    if (member === null) {
      const exchange = known ?? (await circles().add(stateFrom(grant, invite)))
      await this.#introduce(exchange, invite, grant) // known: let in before, and cut off by what is read here
    }
    await memory.setJoining(null)
    if (known && member) throw isMember(known, member.role)
    return circles().byId(grant.circle)!
  }

  /** Ends every try: the invite stays remembered. */
  cancel(): void {
    for (const cancel of this.#tries) cancel()
  }

  /** Only what may yet succeed stays remembered. */
  async #failed(err: unknown): Promise<never> {
    const mayComeYet = MAY_COME_YET.some((code) => TemoinError.is(err, code))
    if (!mayComeYet) await this.#options.memory.setJoining(null)
    throw err
  }

  /** Whoever gave the invite may be the only one that this device can hear from. */
  async #introduce({ circle }: Exchange, invite: Invite, grant: PairGrant): Promise<void> {
    circle.state.introducer = invite.inviter
    await circle.meet(grant.heads, [placeOf(invite), ...grant.peers], invite.inviter)
  }

  async #redeem(
    invite: Invite,
    { cancelled: unwanted, ...patience }: Omit<JoinOptions, 'name'>
  ): Promise<PairGrant> {
    const { keys, rendezvous, name, now } = this.#options
    let cancel = (): void => {}
    const cancelled = new Promise<void>((resolve) => (cancel = resolve))
    this.#tries.add(cancel)
    void unwanted?.then(cancel)
    const self = { name: name(), keys, rendezvous: rendezvous(), now }
    try {
      return await redeemInvite({ invite, ...self, cancelled, ...patience })
    } finally {
      this.#tries.delete(cancel)
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
