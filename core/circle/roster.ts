// Who belongs to a circle, and as what: a pure function of what all journals say, whatever order they
// arrive in. There are no hidden members: every line that counts is in a journal all members hold, and
// every line that does not is in the history beside it. The rules are in `rules/`, a file per concern.

import { hex } from '../encoding/hex.ts'
import type { JournalEntry } from '../encoding/journal/journal-entry.ts'
import type { CircleId, DeviceKey, Role } from '../types/keys.ts'
import { evaluate } from './rules/evaluate.ts'
import { withoutFloods } from './rules/said/floods.ts'
import { historyOf } from './rules/outcome/history.ts'
import type { HistoryEntry } from './rules/outcome/history.ts'
import { membersOf } from './rules/outcome/member.ts'
import type { Member } from './rules/outcome/member.ts'
import { called, namingsOf } from './rules/outcome/names.ts'
import { Reach } from './rules/outcome/reach.ts'
import { statementsOf } from './rules/said/statement.ts'
import type { JournalLine } from './rules/said/statement.ts'

export { changesRoster } from './rules/said/statement.ts'
export { isNaming } from './rules/said/kept-names.ts'
export type { JournalLine } from './rules/said/statement.ts'
export type { Member, MemberState } from './rules/outcome/member.ts'
export type { HistoryEntry } from './rules/outcome/history.ts'

export class Roster {
  /** The circle's name, empty until its first statement has been read. */
  readonly name: string
  /** Cut-off and unconfirmed ones as well. */
  readonly members: readonly Member[]
  readonly #byDevice: Map<string, Member>
  readonly #historyOf: () => HistoryEntry[]
  readonly #renamed: (lines: readonly JournalLine[]) => Roster
  #history: readonly HistoryEntry[] | null = null

  constructor(
    name: string,
    members: Member[],
    historyOf: () => HistoryEntry[] = () => [],
    renamed: (lines: readonly JournalLine[]) => Roster = () => this
  ) {
    this.name = name
    this.members = members
    this.#byDevice = new Map(members.map((member) => [hex(member.device), member]))
    this.#historyOf = historyOf
    this.#renamed = renamed
  }

  /** Whatever was said of who belongs, and of what each is called, and what became of it; in causal order. */
  get history(): readonly HistoryEntry[] {
    return (this.#history ??= this.#historyOf())
  }

  /**
   * The same members as they are called by these lines, and no others that say so: no more is weighed anew.
   * @see namingsOf
   */
  renamed(lines: readonly JournalLine[]): Roster {
    return this.#renamed(lines)
  }

  /** The member with this key, revoked or not, or null. */
  find(device: DeviceKey): Member | null {
    return this.#byDevice.get(hex(device)) ?? null
  }

  /** The member with this key where it is one today, or null. */
  active(device: DeviceKey): Member | null {
    const member = this.find(device)
    return member?.state === 'active' ? member : null
  }

  /** Who can open recordings made now. */
  readers(): Member[] {
    return this.members.filter(({ state, role }) => state === 'active' && canRead(role))
  }
}

export function canRead(role: Role): boolean {
  return role !== 'relay'
}

export function canFilm(role: Role): boolean {
  return role === 'organiser' || role === 'contact'
}

/** Whom somebody has cut off that was a member before. */
export function cutOffSince(before: Roster, now: Roster): DeviceKey[] {
  const out = now.members.filter(({ state }) => state === 'cut-off')
  return out.flatMap(({ device }) => (before.active(device) === null ? [] : [device]))
}

/** Which of the newest lines it was that cut it off. @param news in the order they came */
export function lineThatCut(
  circle: CircleId,
  lines: readonly JournalLine[],
  news: readonly JournalLine[],
  device: DeviceKey
): JournalLine {
  const before = lines.filter((line) => !news.includes(line))
  const isOut = (count: number): boolean => {
    const roster = rosterOf(circle, [...before, ...news.slice(0, count)])
    return roster.find(device)?.state === 'cut-off'
  }
  let [low, high] = [0, news.length]
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if (isOut(middle)) high = middle
    else low = middle
  }
  return news[high - 1]!
}

export function rosterOf(circle: CircleId, lines: readonly JournalLine[]): Roster {
  const evaluation = evaluate(circle, withoutFloods(circle, statementsOf(lines)))
  if (evaluation === null) return new Roster('', [])
  const { entry } = evaluation.matter.founding
  const name = entry.kind === 'circle-created' ? entry.body.name : ''
  const members = membersOf(evaluation)
  const reach = new Reach(members, lines)
  const renamed = (names: readonly JournalLine[]): Roster => {
    const namings = namingsOf(members, reach, names)
    const history = (): HistoryEntry[] => historyOf(evaluation, namings)
    return new Roster(name, called(members, namings), history, renamed)
  }
  return renamed(lines)
}

/** What would become of something `device` said now, knowing all these lines. */
export function preview(
  circle: CircleId,
  lines: readonly JournalLine[],
  device: DeviceKey,
  entry: JournalEntry
): { roster: Roster; said: HistoryEntry } {
  const journal = new Uint8Array(32)
  const roster = rosterOf(circle, [...lines, { device, journal, index: 0, entry }])
  const said = roster.history.find((one) => one.journal === journal)
  if (said === undefined) throw new Error('Nothing was founded here yet')
  return { roster, said }
}
