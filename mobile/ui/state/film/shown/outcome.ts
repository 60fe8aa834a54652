// What became of a film that is over: whether others have all of it, some of it, none. Pure.

import type { FilmingState, HolderItem, RecordingState } from '../../../../../core/api/contract.ts'

export interface Outcome {
  /** `lost`: it was never on this device's disk. */
  kind: 'whole' | 'partly' | 'nobody' | 'lost'
  level: 'safe' | 'warn' | 'danger'
  /** Other devices that have all of it. */
  whole: number
  safeSeconds: number
}

/** What went into a film of the engine before it began anew. */
export type Earlier = Pick<RecordingState, 'seconds' | 'holders'>

/** The page counts by its own clock, and a film ends with the last whole picture. */
const SLACK_SECONDS = 2

/**
 * @param filming the film as the engine has it: where it was away at the end, that is less than was filmed,
 * and nobody has the whole
 * @param seconds filmed, by the page's own count
 * @param earlier what the engine had of it when it began anew, for each time it did
 */
export function outcomeOf(
  holders: readonly HolderItem[],
  filming: FilmingState | null,
  seconds: number,
  earlier: readonly Earlier[] = []
): Outcome {
  const before = earlier.reduce((sum, film) => sum + (film.seconds ?? 0), 0)
  const isHere = filming !== null && filming.ownSeconds + before >= seconds - SLACK_SECONDS
  const hasAll = ({ device, all }: HolderItem): boolean =>
    all && earlier.every((film) => film.holders.some((one) => one.device === device && one.all))
  const whole = isHere ? holders.filter(hasAll).length : 0
  const told = holders.map((holder) => holder.seconds ?? 0)
  const safeSeconds = Math.max(filming?.safeSeconds ?? 0, ...told)
  const kept = { whole, safeSeconds: Math.min(safeSeconds, seconds) }
  if (whole > 0) return { ...kept, kind: 'whole', level: 'safe' }
  if (kept.safeSeconds > 0) return { ...kept, kind: 'partly', level: 'warn' }
  if (filming === null || filming.ownSeconds === 0)
    return { ...kept, kind: 'lost', level: 'danger' }
  return { ...kept, kind: 'nobody', level: 'danger' }
}
