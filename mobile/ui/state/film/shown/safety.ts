// How safe the film is, for a glance: a level, a number, a word. Says safe only of what others have signed
// for; where the engine is silent, what it said last counts no more. Pure.

import type { FilmingState } from '../../../../../core/api/contract.ts'

/** `local`: nothing filmed yet, or a moment ago. `gone`: the engine does not answer. */
export type SafetyKind = 'starting' | 'gone' | 'nobody' | 'behind' | 'safe'

export interface Safety {
  kind: SafetyKind
  level: 'danger' | 'warn' | 'safe' | 'none'
  /** Devices that have all but the last moments. */
  copies: number
  /** Media time that nobody else has yet, whole seconds. */
  behindSeconds: number
}

export interface Captured {
  seconds: number
  waitingSeconds: number
  quietSeconds: number
}

/** A receipt takes a moment: before it nobody can have anything. */
const GRACE_SECONDS = 2
/** More than this is told as being behind. */
const BEHIND_SECONDS = 3

/**
 * @param captured media time by the page's own count: in all, and what the engine has not yet. `quietSeconds`:
 * since the camera last gave anything; nobody has what was not filmed, so it counts as being behind
 */
export function safetyOf(
  filming: FilmingState | null,
  captured: Captured,
  connected: boolean
): Safety {
  const safeSeconds = filming?.safeSeconds ?? 0
  const copies = connected ? (filming?.copies ?? 0) : 0
  const behindSeconds = Math.round(behindOf(filming, captured))
  const told = { copies, behindSeconds }
  if (!connected) return { ...told, kind: 'gone', level: 'danger' }
  if (safeSeconds === 0) {
    if (captured.seconds < GRACE_SECONDS && captured.quietSeconds === 0)
      return { ...told, kind: 'starting', level: 'none' }
    return { ...told, kind: 'nobody', level: 'danger' }
  }
  if (copies === 0 || behindSeconds > BEHIND_SECONDS)
    return { ...told, kind: 'behind', level: 'warn' }
  return { ...told, kind: 'safe', level: 'safe' }
}

/** What the phone does in a pocket when this changes: nothing, or a pattern for `navigator.vibrate` (ms). */
export function vibrationFor(before: Safety, now: Safety): number[] {
  const rank = (safety: Safety): number => (safety.level === 'safe' ? safety.copies : 0)
  if (isLost(now) && !isLost(before)) return [600, 150, 600]
  if (rank(now) > rank(before)) return new Array<number>(Math.min(rank(now), 3) * 2 - 1).fill(90)
  if (rank(now) < rank(before)) return [300]
  return []
}

/** Changes that are worth reading out; seconds alone are not. */
export function isNews(before: Safety, now: Safety): boolean {
  return before.kind !== now.kind || before.copies !== now.copies
}

/** A film of a new engine counts from its own beginning, so the two counts are never compared. */
function behindOf(
  filming: FilmingState | null,
  { seconds, waitingSeconds, quietSeconds }: Captured
): number {
  if (filming === null) return seconds + quietSeconds
  return Math.max(0, filming.seconds - filming.safeSeconds) + waitingSeconds + quietSeconds
}

function isLost({ kind }: Safety): boolean {
  return kind === 'nobody' || kind === 'gone'
}
