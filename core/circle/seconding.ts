// Who can stand by what was said of who belongs, so that people ask somebody whose word counts.
// Must never: have rules of its own; the rules themselves are asked, as if each had said it.

import b4a from 'b4a'
import z32 from 'z32'
import type { DeviceKey } from '../types/keys.ts'
import type { Circle } from './circle.ts'
import { seenBy } from './journal/seen-by.ts'
import { rosterOf } from './roster.ts'
import type { HistoryEntry, JournalLine, Roster } from './roster.ts'

/** Letters of a key that name a device to people and to commands. */
const SHORT = 8

/**
 * Members whose `seconded` would count, in the order of the roster. All are asked at once: what one says
 * does not take from what another says.
 */
export function secondersOf(
  { id, rulings, ends, roster }: Pick<Circle, 'id' | 'rulings' | 'ends' | 'roster'>,
  said: HistoryEntry
): DeviceKey[] {
  const { about: device, journal, index, atMs } = said
  const body = { device, journal, index, atMs, seen: seenBy(ends, device) }
  const members = roster.members.filter(({ state }) => state === 'active')
  const lines = members.map((member, i): JournalLine => {
    const entry = { kind: 'seconded' as const, body }
    return { device: member.device, journal: unusedKey(i), index: 0, entry }
  })
  const { history } = rosterOf(id, [...rulings, ...lines])
  const counts = new Set(
    history.filter(({ state }) => state === 'effective').map((entry) => entry.journal)
  )
  return lines.filter((line) => counts.has(line.journal)).map((line) => line.device)
}

/** The command by which another member agrees with what this one says of whom it cut off alone. */
export function secondOfAccused({ history }: Roster, accuser: DeviceKey): string {
  const waiting = history.find(
    ({ kind, by, why }) =>
      kind === 'member-revoked' && why === 'needs-second' && b4a.equals(by, accuser)
  )
  return secondOf(waiting?.about ?? null)
}

export function secondOf(device: DeviceKey | null): string {
  return `temoin second ${device === null ? '<device>' : z32.encode(device).slice(0, SHORT)}`
}

function unusedKey(i: number): Uint8Array {
  return b4a.from([i >> 8, i & 255, ...b4a.alloc(30)])
}
