// What journals say of who belongs, as statements that can be compared: by whom, about whom, where they
// stand. Pure. Must never: depend on the order in which lines came, or on a claimed time.

import b4a from 'b4a'
import { hex } from '../../../encoding/hex.ts'
import { encodeOutline } from '../../../encoding/journal/journal-entry-outline.ts'
import type { JournalEntry, Seen } from '../../../encoding/journal/journal-entry.ts'
import type { CircleId, DeviceKey, JournalKey } from '../../../types/keys.ts'
import { circleIdOf } from '../../keys/secrets.ts'
import { isOwnBox } from './own-box.ts'

/** One decoded entry and where it stands. */
export interface JournalLine {
  device: DeviceKey
  journal: JournalKey
  /** The journal its device wrote before this one, as its head says; null for its first. */
  previous?: JournalKey | null
  index: number
  entry: JournalEntry
}

/** The kinds a roster follows from; of two that are equally deep the earlier here goes first. */
const KINDS = [
  'circle-created',
  'member-revoked',
  'reinstated',
  'role-changed',
  'member-added',
  'own-device',
  'seconded'
] as const
export type StatementKind = (typeof KINDS)[number]

export type StatementEntry = Extract<JournalEntry, { kind: StatementKind }>

/** Keys as hex, so that they can be compared and looked up. */
export interface Statement {
  entry: StatementEntry
  line: JournalLine
  by: string
  about: string
  journal: string
  previous: string | null
  index: number
}

/** True for the lines a roster follows from: few among many announcements and receipts. */
export function changesRoster({ entry }: JournalLine): boolean {
  return priorityOf(entry.kind) !== -1
}

export function priorityOf(kind: JournalEntry['kind']): number {
  return (KINDS as readonly string[]).indexOf(kind)
}

/** One statement for each place, in the order of places. */
export function statementsOf(lines: readonly JournalLine[]): Statement[] {
  const byPlace = new Map<string, Statement>()
  for (const line of lines) {
    if (!changesRoster(line)) continue
    const statement = statementOf(line)
    const place = placeOf(statement)
    const known = byPlace.get(place)
    if (known === undefined || isLess(statement, known)) byPlace.set(place, statement)
  }
  return [...byPlace.values()].sort(byPlaceOrder)
}

/** Whose key the circle's id was made from, in its own words, in the journal it was made from. */
export function isFounding(circle: CircleId, statement: Statement): boolean {
  return claimsFounding(circle, statement) && isOwnBox(statement)
}

/** The same, its signature not looked into: there may be very many. */
export function claimsFounding(circle: CircleId, { entry, by, about, line }: Statement): boolean {
  if (entry.kind !== 'circle-created' || by !== about) return false
  return b4a.equals(circleIdOf(line.device, line.journal), circle)
}

export function placeOf({ journal, index }: { journal: string; index: number }): string {
  return `${journal}/${index}`
}

/** How far its author had read each journal; the founding has read none. */
export function seenOf({ entry }: Statement): readonly Seen[] {
  return entry.kind === 'circle-created' ? [] : entry.body.seen
}

/** Never changes for one line, and is asked for each time another arrives. */
const parsed = new WeakMap<JournalLine, Statement>()

function statementOf(line: JournalLine): Statement {
  const known = parsed.get(line)
  if (known !== undefined) return known
  const entry = line.entry as StatementEntry
  const previous = line.previous ? hex(line.previous) : null
  const statement = {
    entry,
    line,
    by: hex(line.device),
    about: hex(entry.body.device),
    journal: hex(line.journal),
    previous,
    index: line.index
  }
  parsed.set(line, statement)
  return statement
}

/**
 * Two entries at one place are an equivocation: every device that has both takes the same one. Not by
 * their words, which a relay does not read.
 */
function isLess(a: Statement, b: Statement): boolean {
  return a !== b && b4a.compare(bytesOf(a), bytesOf(b)) < 0
}

function bytesOf({ entry }: Statement): any {
  return encodeOutline(entry)
}

function byPlaceOrder(a: Statement, b: Statement): number {
  if (a.journal !== b.journal) return a.journal < b.journal ? -1 : 1
  return a.index - b.index
}
