// Whether a film that is still being made here needs a new film of the engine. Pure.

import type { FilmingState } from '../../../../../core/api/contract.ts'

/**
 * The engine began anew and knows nothing of it, or it ended what has not ended here. A film that nobody else
 * has stays `ending` for as long as nobody comes, so its reason tells, not its phase. As long as the disk is
 * full a new one would fare no better.
 */
export function isGone(film: FilmingState | undefined, diskFull: boolean): boolean {
  if (film === undefined) return true
  return film.reason !== null && !(film.reason === 'storage-full' && diskFull)
}
