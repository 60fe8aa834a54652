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

export function outcomeOf(
  holders: readonly HolderItem[],
  filming: FilmingState | null,
  seconds: number
): Outcome {
  const whole = holders.filter(({ all }) => all).length
  const told = holders.map((holder) => holder.seconds ?? 0)
  const safeSeconds = Math.max(filming?.safeSeconds ?? 0, ...told)
  const kept = { whole, safeSeconds: Math.min(safeSeconds, seconds) }
  if (whole > 0) return { ...kept, kind: 'whole', level: 'safe' }
  if (kept.safeSeconds > 0) return { ...kept, kind: 'partly', level: 'warn' }
  if (filming === null || filming.ownSeconds === 0)
    return { ...kept, kind: 'lost', level: 'danger' }
  return { ...kept, kind: 'nobody', level: 'danger' }
}
