// What became of a film that is over: whether others have all of it, some of it, none. Pure.

import type { FilmingState, HolderItem } from '../../../../core/api/contract.ts'

export interface Outcome {
  /** `lost`: it was never on this device's disk. */
  kind: 'whole' | 'partly' | 'nobody' | 'lost'
  level: 'safe' | 'warn' | 'danger'
  /** Other devices that have all of it. */
  whole: number
  safeSeconds: number
}

/** The page counts by its own clock, and a film ends with the last whole picture. */
const SLACK_SECONDS = 2

/**
 * @param filming the film as the engine has it: where the engine began anew, or was away at the end, it is
 * shorter than what was filmed, and nobody has the whole
 * @param seconds filmed, by the page's own count
 */
export function outcomeOf(
  holders: readonly HolderItem[],
  filming: FilmingState | null,
  seconds: number
): Outcome {
  const isHere = filming !== null && filming.ownSeconds >= seconds - SLACK_SECONDS
  const whole = isHere ? holders.filter(({ all }) => all).length : 0
  const told = holders.map((holder) => holder.seconds ?? 0)
  const safeSeconds = Math.max(filming?.safeSeconds ?? 0, ...told)
  const kept = { whole, safeSeconds: Math.min(safeSeconds, seconds) }
  if (whole > 0) return { ...kept, kind: 'whole', level: 'safe' }
  if (kept.safeSeconds > 0) return { ...kept, kind: 'partly', level: 'warn' }
  if (filming === null || filming.ownSeconds === 0)
    return { ...kept, kind: 'lost', level: 'danger' }
  return { ...kept, kind: 'nobody', level: 'danger' }
}
