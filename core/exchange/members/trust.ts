// Saying whom the circle trusts: cutting off, seconding, reinstating, roles, own devices.
// Must never: change a roster by itself, or say what the rules would call void.

import b4a from 'b4a'
import type { Circle } from '../../circle/circle.ts'
import type { HistoryEntry, Member } from '../../circle/roster.ts'
import { TemoinError } from '../../errors.ts'
import type { DeviceKey, Role } from '../../types/keys.ts'
import type { Exchange } from '../exchange.ts'
import { sayWhereItCounts } from './rights.ts'
import type { UnsaidEntry } from './rights.ts'

export interface TrustOptions {
  /** This device. */
  self: DeviceKey
  now: () => number
}

export class Trust {
  readonly #options: TrustOptions

  constructor(options: TrustOptions) {
    this.#options = options
  }

  /**
   * Cuts a device off: itself, or another, one that has taken itself out as well: only then is what is said
   * with its seed of the time before void. What comes back says whether somebody must second it.
   * @throws TemoinError BAD_INPUT where it is no member, NOT_ALLOWED
   */
  async revoke({ circle }: Exchange, device: DeviceKey, reason: string): Promise<HistoryEntry> {
    const member = circle.roster.find(device)
    if (member === null || isOutByOthers(member)) throw notAMember()
    return this.#say(circle, { kind: 'member-revoked', body: { device, reason } })
  }

  /**
   * Stands by what waits for a second about a device, the newest first; where nothing does, by who let
   * it in.
   * @throws TemoinError BAD_INPUT, NOT_ALLOWED
   */
  async second({ circle }: Exchange, device: DeviceKey): Promise<HistoryEntry> {
    const { journal, index } = waitingFor(circle.roster.history, device, this.#options.self)
    return this.#say(circle, { kind: 'seconded', body: { device, journal, index } })
  }

  /** Makes a device that was cut off, or is unconfirmed, a member again. @throws TemoinError */
  async reinstate({ circle }: Exchange, device: DeviceKey, reason: string): Promise<HistoryEntry> {
    const member = circle.roster.find(device)
    if (member?.state !== 'unconfirmed') {
      return this.#say(circle, { kind: 'reinstated', body: { device, reason } })
    }
    const { box, boxSignature, role, addedAs: name } = member
    const body = { device, box, boxSignature, role, name }
    return this.#say(circle, { kind: 'member-added', body })
  }

  /** @throws TemoinError BAD_INPUT where it is no member, NOT_ALLOWED */
  changeRole({ circle }: Exchange, device: DeviceKey, role: Role): Promise<HistoryEntry> {
    return this.#say(circle, { kind: 'role-changed', body: { device, role } })
  }

  /** Says that another member is the same person's as this device. @throws TemoinError */
  async own({ circle }: Exchange, device: DeviceKey): Promise<HistoryEntry> {
    if (circle.roster.active(device) === null) throw notAMember()
    return this.#say(circle, { kind: 'own-device', body: { device } })
  }

  #say(circle: Circle, unsaid: UnsaidEntry): Promise<HistoryEntry> {
    const { self, now } = this.#options
    return sayWhereItCounts(circle, self, now(), unsaid)
  }
}

/** @throws TemoinError BAD_INPUT where there is nothing to stand by */
function waitingFor(
  history: readonly HistoryEntry[],
  device: DeviceKey,
  self: DeviceKey
): HistoryEntry {
  const others = history.filter(
    ({ about, by }) => b4a.equals(about, device) && !b4a.equals(by, self)
  )
  const found =
    others.findLast(({ why }) => why === 'needs-second') ??
    others.findLast(({ kind, state }) => kind === 'member-added' && state === 'effective')
  if (found !== undefined) return found
  const sentence =
    'Nothing that others said of this device waits for a second: "temoin circle show"'
  throw new TemoinError('BAD_INPUT', sentence + ' lists what was said')
}

function isOutByOthers({ device, revoked }: Member): boolean {
  return revoked !== null && !b4a.equals(revoked.by, device)
}

function notAMember(): TemoinError {
  const sentence = 'This device is not a member: "temoin circle show" lists them'
  return new TemoinError('BAD_INPUT', sentence)
}
