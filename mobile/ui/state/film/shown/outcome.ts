// What became of a film that is over: whether others have all of it, some of it, none. Pure.
// Must never: say that somebody has all of it while more may come.

import type { HolderItem } from '../../../../../core/api/contract.ts'
import type { FilmPiece } from './pieces.ts'

/**
 * Whether the engine has all that was captured. `waiting`: it has not, or nobody knows yet. `rest`: all there
 * will ever be; what a person gave up, or what was lost with the worker that filmed, is not in it.
 */
export type Handed = 'waiting' | 'all' | 'rest'

export interface Outcome {
  /**
   * `rest`: others have all that there is, and something was lost before. `some`: nobody can tell up to where.
   * `lost`: it was never on this device's disk.
   */
  kind: 'whole' | 'rest' | 'partly' | 'some' | 'nobody' | 'lost'
  level: 'safe' | 'warn' | 'danger'
  /** Other devices that have all there is. */
  whole: number
  safeSeconds: number
}

export interface Filmed {
  /** What the engine has of it, the first begun first. */
  pieces: readonly FilmPiece[]
  /** As `holdersOf` tells of these pieces. */
  holders: readonly HolderItem[]
  handed: Handed
  /** Media time that was lost on its way to the engine. */
  droppedUs: number
}

export function outcomeOf({ pieces, holders, handed, droppedUs }: Filmed): Outcome {
  const whole = handed === 'waiting' ? 0 : holders.filter(({ all }) => all).length
  const safeSeconds = Math.max(0, ...holders.map(({ seconds }) => seconds ?? 0))
  const told = { whole, safeSeconds }
  const isLess = handed === 'rest' || droppedUs > 0
  if (whole > 0) return { ...told, kind: isLess ? 'rest' : 'whole', level: 'safe' }
  if (safeSeconds > 0) return { ...told, kind: 'partly', level: 'warn' }
  if (holders.length > 0) return { ...told, kind: 'some', level: 'warn' }
  const isLost = pieces.every(({ seconds }) => seconds === 0)
  return { ...told, kind: isLost ? 'lost' : 'nobody', level: 'danger' }
}
