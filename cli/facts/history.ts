// What was said of who belongs, as lines for people and as events. Plain data out of the engine.

import type { Circle } from '../../core/circle/circle.ts'
import type { HistoryEntry } from '../../core/circle/roster.ts'
import { plain } from '../output/printable.ts'
import { isoText, keyText } from '../output/units.ts'
import { nameOf } from '../../core/device/facts/names.ts'

const DID: Record<HistoryEntry['kind'], string> = {
  'circle-created': 'founded the circle',
  'member-added': 'added',
  'member-revoked': 'revoked',
  seconded: 'seconded what was said of',
  reinstated: 'reinstated',
  'role-changed': 'changed the role of',
  'own-device': 'has as well'
}

/** As events show it. */
export function historyFields(entry: HistoryEntry) {
  const { kind, by, about, atMs, role, reason, state, why } = entry
  const at = timeOf(atMs)
  return { kind, by: keyText(by), about: keyText(about), at, role, reason, state, why }
}

/** Cells of a table: when, who did what to whom, what became of it. */
export function historyRow(circle: Circle, entry: HistoryEntry): string[] {
  const { kind, by, about, atMs, role, reason, state, why } = entry
  const whom = kind === 'circle-created' ? '' : ' ' + nameOf(circle, about)
  const what = `${nameOf(circle, by)} ${DID[kind]}${whom}${role === null ? '' : `, ${role}`}`
  const said = reason === '' ? what : `${what}: ${plain(reason)}`
  const effect = why === null ? '' : state === 'effective' ? why : `${state}: ${why}`
  return [timeOf(atMs) ?? 'at some time', said, effect]
}

/** `Ana revoked Ben: it was lost (needs-second)`. */
export function historyText(circle: Circle, entry: HistoryEntry): string {
  const [, said, effect] = historyRow(circle, entry)
  return effect === '' ? said! : `${said} (${effect})`
}

/** A claim, and one that may be no time at all. */
function timeOf(atMs: number): string | null {
  return atMs <= 8.64e15 ? isoText(atMs) : null
}
