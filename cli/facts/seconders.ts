// Who has to agree with what was said of who belongs, as people and programs read it.

import type { Circle } from '../../core/circle/circle.ts'
import type { HistoryEntry } from '../../core/circle/roster.ts'
import { secondersOf, secondOf } from '../../core/circle/seconding.ts'
import { nameOf } from '../../core/device/facts/names.ts'
import { keyText } from '../output/units.ts'

/** Named one by one: one of them is enough. */
const NAMED = 3

/** Keys of those whose word would count; none where nothing waits for one. */
export function seconderFields(circle: Circle, said: HistoryEntry): { seconders: string[] } {
  const found = said.why === 'needs-second' ? secondersOf(circle, said) : []
  return { seconders: found.map(keyText) }
}

/** `Ana, Ben or one of 4 others runs "temoin second abcdefgh"`; null where nobody can. */
export function secondText(circle: Circle, said: HistoryEntry): string | null {
  const names = secondersOf(circle, said).map((device) => nameOf(circle, device))
  if (names.length === 0) return null
  return `${anyOf(names)} runs "${secondOf(said.about)}"`
}

/** Why it may be that nobody can. */
export const NOBODY_CAN =
  'Nobody who is a member today can agree with it, since one person could be behind both'

function anyOf(names: string[]): string {
  const left = names.length - NAMED
  if (left > 1) return `${names.slice(0, NAMED).join(', ')} or one of ${left} others`
  return names.length === 1 ? names[0]! : `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`
}
