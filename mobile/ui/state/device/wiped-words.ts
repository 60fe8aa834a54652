// Which sentence tells what came of a panic: what was wiped, and what was not yet safe with others. Pure.

import type { WipedState } from '../../../../core/api/contract.ts'
import type { Sentence } from '../circle/sentence.ts'

/**
 * `left`: the films could not be sorted and lie there sealed. `unknown`: they are gone, and nobody can tell what of
 * them others have. `kept`: what nobody else has lies there sealed. `lost`: it is gone.
 */
export type WipedKind = 'safe' | 'left' | 'unknown' | 'kept' | 'lost'

export function wipedKind({ notSafe, kept, unread, left }: WipedState): WipedKind {
  if (left) return 'left'
  if (unread !== null) return 'unknown'
  if (notSafe.length === 0) return 'safe'
  return kept === null ? 'lost' : 'kept'
}

/** The one line: how much was not safe, and how much of that others have all the same. */
export function wipedSentence(wiped: WipedState): Sentence {
  const kind = wipedKind(wiped)
  if (kind !== 'kept' && kind !== 'lost') return { key: `wiped.${kind}` }
  const { notSafe } = wiped
  const all = sum(notSafe.map(({ length }) => length))
  const safe = sum(notSafe.map(({ safeLength }) => safeLength))
  const percent = all === 0 ? 0 : Math.floor((100 * safe) / all)
  return { key: `wiped.${kind}`, values: { count: notSafe.length, percent } }
}

/** Something is left in its directory that nothing here opens, and that can still be deleted. */
export function isSomethingLeft({ kept, left }: WipedState): boolean {
  return kept !== null || left
}

function sum(numbers: number[]): number {
  return numbers.reduce((all, one) => all + one, 0)
}
