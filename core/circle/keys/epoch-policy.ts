// Which of a circle's secrets is in use, whether a new one is due, and who makes it: pure functions of
// what all journals say, so that members with the same lines agree without asking one another.
//
// An epoch is as good as it is closed to the revoked and open to the members. Two organisers who revoke
// while they are parted make two epochs, of which neither shuts out both: then a third is due.

import b4a from 'b4a'
import { hex } from '../../encoding/hex.ts'
import { MAX_MEMBERS } from '../../limits.ts'
import type { DeviceKey } from '../../types/keys.ts'
import type { Member, Roster } from '../roster.ts'
import { canRead } from '../roster.ts'
import type { Epoch } from './epoch-holders.ts'

export interface Rated {
  epoch: Epoch
  /** Revoked and unconfirmed members that may have any of its secret, and relays that have all of it. */
  leaks: number
  /** Members that do not have it, and relays that have nothing of it. */
  misses: number
}

/** Best first; the same order for all who have the same lines. */
export function rated(roster: Roster, epochs: readonly Epoch[]): Rated[] {
  return epochs.map((epoch) => rate(roster, epoch)).sort(byWorth)
}

/**
 * True where the best there is lets a revoked device read, or a member not; or where a member cannot read
 * what was said in another epoch, and could if it were given it.
 * @param canOpen whether this device has the secret, all of it
 */
export function needsRekey(
  roster: Roster,
  epochs: readonly Epoch[],
  canOpen: (epoch: Epoch) => boolean = () => true
): boolean {
  const [best, ...others] = rated(roster, epochs)
  if (best === undefined) return false
  if (best.leaks + best.misses > 0 || !canOpen(best.epoch)) return true
  return others.some(({ epoch, misses }) => misses > 0 && canOpen(epoch))
}

/** Which in turn this device is to re-key, 0 first; -1 where it is no organiser. */
export function turnOf(roster: Roster, device: DeviceKey): number {
  const organisers = roster.members.filter(
    ({ role, state }) => role === 'organiser' && state === 'active'
  )
  return organisers
    .map((member) => hex(member.device))
    .sort()
    .indexOf(hex(device))
}

function rate(roster: Roster, epoch: Epoch): Rated {
  const active = roster.members.filter(({ state }) => state === 'active')
  const others = roster.members.filter(({ state }) => state !== 'active')
  const relays = active.filter(({ role }) => !canRead(role))
  const misses = active.filter((member) => isMissed(epoch, member))
  const leaks = others.filter((member) => mayHave(epoch, member))
  const given = relays.filter(({ device }) => epoch.knownTo.has(hex(device)))
  return {
    epoch,
    leaks: beyond(leaks.length, others.length) + given.length,
    misses: beyond(misses.length, active.length)
  }
}

function isMissed({ knownTo, shownTo }: Epoch, { device, role }: Member): boolean {
  return !(canRead(role) ? knownTo : shownTo).has(hex(device))
}

/** Whoever had not heard that it was to be shut out may have let it have it. */
function mayHave({ shownTo, without }: Epoch, { device }: Member): boolean {
  return shownTo.has(hex(device)) || !without.has(hex(device))
}

/** Whom no `rekeyed` has room to name, whoever makes it, is no reason for another one. */
function beyond(count: number, outOf: number): number {
  return Math.max(0, count - Math.max(0, outOf - MAX_MEMBERS))
}

/** Of two equally good ones the later claim counts, so that a new one can always take over. */
function byWorth(a: Rated, b: Rated): number {
  return (
    a.leaks - b.leaks ||
    a.misses - b.misses ||
    b.epoch.atMs - a.epoch.atMs ||
    b4a.compare(a.epoch.id as any, b.epoch.id as any)
  )
}
