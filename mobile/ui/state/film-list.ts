// Which films the list shows while somebody looks at it: those it had when it was opened, in the order they
// had then. Newer ones wait until they are asked for, so that nothing moves under a thumb. Pure.

import type { RecordingState } from '../../../core/api/contract.ts'
import { inOrder } from './films.ts'

export interface FilmList {
  shown: RecordingState[]
  /** How many films there are besides. */
  newer: number
}

/** @param order of recordings, as the list was taken over last */
export function filmList(
  films: Readonly<Record<string, RecordingState>>,
  order: readonly string[]
): FilmList {
  const shown = order.flatMap((recording) => films[recording] ?? [])
  return { shown, newer: Object.keys(films).length - shown.length }
}

/** The order of now, for a list that takes everything over. */
export function orderOf(films: Readonly<Record<string, RecordingState>>): string[] {
  return inOrder(films).map(({ recording }) => recording)
}
