// Who has which of a circle's secrets, as far as the lines tell: whole, or the relay secret alone. Pure:
// members with the same lines agree without asking one another.

import b4a from 'b4a'
import { hex } from '../../encoding/hex.ts'
import type { MemberAdded, Rekeyed } from '../../encoding/journal/journal-entry.ts'
import type { EpochId, JournalKey } from '../../types/keys.ts'
import type { JournalLine, Roster } from '../roster.ts'

export interface Epoch {
  id: EpochId
  /** Who made it, as hex; nobody's is the first. */
  author: string
  atMs: number
  /** Devices that have its secret or may have it, as hex. */
  knownTo: ReadonlySet<string>
  /** Those that have its relay secret or may have it: the same, and relays. */
  shownTo: ReadonlySet<string>
  /** Devices its author shut out, as hex. */
  without: ReadonlySet<string>
  /** Members its author took for relays, as hex: they are given no more of it. */
  relays: ReadonlySet<string>
}

/**
 * The epoch of the circle's first secret, and those that organisers made, revoked since or not: what the
 * others make is none.
 */
export function epochsIn(roster: Roster, lines: readonly JournalLine[], first: EpochId): Epoch[] {
  const added = lines.filter((line) => isAddition(roster, line))
  const made = lines.flatMap((line) => {
    const isOrganisers = roster.find(line.device)?.role === 'organiser'
    return line.entry.kind === 'rekeyed' && isOrganisers ? [makingOf(line, line.entry.body)] : []
  })
  const all = [firstMaking(roster, added, first), ...made]
  while (all.map((one) => spreads(one, added, made)).includes(true));
  return all
}

interface Making extends Epoch {
  knownTo: Set<string>
  shownTo: Set<string>
  /** Where a `rekeyed` tells of it; null for the first. */
  told: { line: JournalLine; body: Rekeyed } | null
}

/** Everybody has its relay secret who was ever let in, and all of it who was not let in as a relay. */
function firstMaking({ members }: Roster, added: readonly JournalLine[], id: EpochId): Making {
  const devices = members.map(({ device }) => hex(device))
  const relays = onlyRelays(added)
  return {
    id,
    author: '',
    atMs: -1,
    knownTo: new Set(devices.filter((device) => !relays.has(device))),
    shownTo: new Set(devices),
    without: new Set(),
    relays: new Set(),
    told: null
  }
}

/** Devices, as hex, that were let in as a relay whenever they were let in. */
function onlyRelays(added: readonly JournalLine[]): Set<string> {
  const bodies = added.map(({ entry }) => entry.body as MemberAdded)
  const isRelays = ({ role }: MemberAdded): boolean => role === 'relay'
  const relays = new Set(bodies.filter(isRelays).map(({ device }) => hex(device)))
  if (relays.size === 0) return relays
  for (const body of bodies) if (!isRelays(body)) relays.delete(hex(body.device))
  return relays
}

/** Its author, and those it was wrapped for. */
function makingOf(line: JournalLine, body: Rekeyed): Making {
  const { epoch: id, atMs, without, wrapped } = body
  const devices = (some: typeof wrapped): string[] => some.map(({ device }) => hex(device))
  const author = hex(line.device)
  return {
    id,
    author,
    atMs,
    knownTo: new Set([author, ...devices(wrapped.filter(({ forRelay }) => !forRelay))]),
    shownTo: new Set([author, ...devices(wrapped)]),
    without: new Set(without.map(hex)),
    relays: new Set(devices(wrapped.filter(({ forRelay }) => forRelay))),
    told: { line, body }
  }
}

/** One pass: those let in by somebody who has it, and those whom a later epoch carried it to. */
function spreads(making: Making, added: readonly JournalLine[], made: readonly Making[]): boolean {
  const { knownTo, shownTo, told } = making
  const before = knownTo.size + shownTo.size
  for (const addition of told === null ? [] : added) {
    if (!hadSeen(addition, told!.line)) continue
    const by = hex(addition.device)
    const { device, role } = addition.entry.body as MemberAdded
    if (shownTo.has(by)) shownTo.add(hex(device))
    if (knownTo.has(by) && role !== 'relay') knownTo.add(hex(device))
  }
  for (const later of made) {
    const { line, body } = later.told!
    if (!knownTo.has(hex(line.device)) || !carries(body, making.id)) continue
    for (const device of later.knownTo) knownTo.add(device)
    for (const device of later.shownTo) shownTo.add(device)
  }
  return knownTo.size + shownTo.size > before
}

/** True where it says that it hands that one on. */
export function carries(body: Rekeyed, id: EpochId): boolean {
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
