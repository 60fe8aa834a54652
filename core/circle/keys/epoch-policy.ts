// Which of a circle's secrets is in use, whether a new one is due, and who makes it: pure functions of
// what all journals say, so that members with the same lines agree without asking one another.
//
// An epoch is as good as it is closed to the revoked and open to the members. Two organisers who revoke
// while they are parted make two epochs, of which neither shuts out both: then a third is due.

import b4a from 'b4a'
import { hex } from '../../encoding/hex.ts'
import type { MemberAdded, Rekeyed } from '../../encoding/journal-entry.ts'
import { MAX_MEMBERS } from '../../limits.ts'
import type { DeviceKey, EpochId, JournalKey } from '../../types/keys.ts'
import type { JournalLine, Roster } from '../roster.ts'

export interface Epoch {
  id: EpochId
  atMs: number
  /** Devices that have its secret or may have it, as hex; null for the first epoch: everybody. */
  knownTo: ReadonlySet<string> | null
  /** Devices its author shut out, as hex. */
  without: ReadonlySet<string>
}

export interface Rated {
  epoch: Epoch
  /** Revoked and unconfirmed members that may have its secret. */
  leaks: number
  /** Members that do not have it. */
  misses: number
}

/** The epoch of the circle's first secret, which everybody has who was ever let in. */
export function firstEpoch(id: EpochId): Epoch {
  return { id, atMs: -1, knownTo: null, without: new Set() }
}

/** The epochs that organisers made, revoked since or not: what the others make is none. */
export function epochsIn(roster: Roster, lines: readonly JournalLine[]): Epoch[] {
  const added = lines.filter((line) => isAddition(roster, line))
  const made = lines.flatMap((line) => {
    const isOrganisers = roster.find(line.device)?.role === 'organiser'
    return line.entry.kind === 'rekeyed' && isOrganisers ? [makingOf(line, line.entry.body)] : []
  })
  while (made.some((making) => spreads(making, added, made)));
  return made.map(({ body, knownTo }) => {
    const { epoch: id, atMs, without } = body
    return { id, atMs, knownTo, without: new Set(without.map(hex)) }
  })
}

/** Best first; the same order for all who have the same lines. */
export function rated(roster: Roster, epochs: readonly Epoch[]): Rated[] {
  return epochs.map((epoch) => rate(roster, epoch)).sort(byWorth)
}

/**
 * True where the best there is lets a revoked device read, or a member not; or where a member cannot read
 * what was said in another epoch, and could if it were given it.
 * @param canOpen whether this device has the secret
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
  let [leaks, misses] = [0, 0]
  for (const { device, state } of roster.members) {
    const id = hex(device)
    const knows = epoch.knownTo === null || epoch.knownTo.has(id)
    if (state === 'active' && !knows) misses++
    if (state !== 'active' && (knows || !epoch.without.has(id))) leaks++
  }
  const active = roster.members.filter(({ state }) => state === 'active').length
  return {
    epoch,
    leaks: beyond(leaks, roster.members.length - active),
    misses: beyond(misses, active)
  }
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

interface Making {
  line: JournalLine
  body: Rekeyed
  /** Who has its secret, as far as was found. */
  knownTo: Set<string>
}

/** Its author, and those it was wrapped for. */
function makingOf(line: JournalLine, body: Rekeyed): Making {
  const given = body.wrapped.map(({ device }) => hex(device))
  return { line, body, knownTo: new Set([hex(line.device), ...given]) }
}

/** One pass: those let in by somebody who has it, and those whom a later epoch carried it to. */
function spreads({ line, body, knownTo }: Making, added: JournalLine[], made: Making[]): boolean {
  const before = knownTo.size
  for (const addition of added) {
    if (!knownTo.has(hex(addition.device)) || !hadSeen(addition, line)) continue
    knownTo.add(hex((addition.entry.body as MemberAdded).device))
  }
  for (const later of made) {
    if (!knownTo.has(hex(later.line.device)) || !carries(later.body, body.epoch)) continue
    for (const device of later.knownTo) knownTo.add(device)
  }
  return knownTo.size > before
}

function carries(body: Rekeyed, id: EpochId): boolean {
  return body.carries.some((each) => b4a.equals(each, id))
}

function isAddition(roster: Roster, { device, entry }: JournalLine): boolean {
  if (entry.kind !== 'member-added') return false
  const member = roster.find(entry.body.device)
  return member !== null && b4a.equals(member.addedBy, device)
}

/** True where who said `later` had read `earlier`. */
function hadSeen(later: JournalLine, earlier: JournalLine): boolean {
  if (b4a.equals(later.journal, earlier.journal)) return later.index > earlier.index
  return lengthSeen(later, earlier.journal) > earlier.index
}

function lengthSeen({ entry }: JournalLine, journal: JournalKey): number {
  if (!('seen' in entry.body)) return 0
  return entry.body.seen.find((seen) => b4a.equals(seen.journal, journal))?.length ?? 0
}
