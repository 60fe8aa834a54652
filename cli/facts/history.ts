// What was said of who belongs, and of what each is called, as lines for people and as events. Plain data out of the engine.

import type { Circle } from '../../core/circle/circle.ts'
import type { HistoryEntry } from '../../core/circle/roster.ts'
import { plain } from '../output/printable.ts'
import { isoText, keyText, shortKey } from '../output/units.ts'
import { nameOf } from '../../core/device/facts/names.ts'

const DID: Record<Exclude<HistoryEntry['kind'], 'named'>, string> = {
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
  const { kind, by, about, atMs, role, reason, name, was, state, why } = entry
  const at = timeOf(atMs)
  const who = { by: keyText(by), about: keyText(about) }
  return { kind, ...who, at, role, reason, name, was, state, why }
}

/** Cells of a table: when, who did what to whom, what became of it. */
export function historyRow(circle: Circle, entry: HistoryEntry): string[] {
  const { atMs, reason, state, why } = entry
  const what = whatWasSaid(circle, entry)
  const said = reason === '' ? what : `${what}: ${plain(reason)}`
  const effect = why === null ? '' : state === 'effective' ? why : `${state}: ${why}`
  return [timeOf(atMs) ?? 'at some time', said, effect]
}

/** `Ana added Ben, contact`; `Ana added Zoe, as "Ben", contact` where it is called otherwise now. */
function whatWasSaid(circle: Circle, entry: HistoryEntry): string {
  const { kind, by, about, role } = entry
  if (kind === 'named') return renamedText(entry)
  const whom = kind === 'circle-created' ? '' : ' ' + nameOf(circle, about)
  const as = role === null ? '' : `, ${role}`
  return `${nameOf(circle, by)} ${DID[kind]}${whom}${calledThen(circle, entry)}${as}`
}

/** `"Ben" says it is called "Zoe"`: by the name that it had, for who it is now stands beside the key. */
function renamedText({ about, was, name }: HistoryEntry): string {
  return `"${plain(was) || shortKey(about)}" (${shortKey(about)}) says it is called "${plain(name)}"`
}

function calledThen({ roster }: Circle, { about, name }: HistoryEntry): string {
  const now = roster.find(about)?.name ?? name
  return name === '' || name === now ? '' : `, as "${plain(name)}"`
}

/** `Ana revoked Ben: it was lost (needs-second)`. */
export function historyText(circle: Circle, entry: HistoryEntry): string {
  const [, said, effect] = historyRow(circle, entry)
  return effect === '' ? said! : `${said} (${effect})`
}

/** A claim, and one that may be no time at all. */
export function timeOf(atMs: number): string | null {
  return atMs <= 8.64e15 ? isoText(atMs) : null
}
