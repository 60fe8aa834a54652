// How a live film is followed: close enough to be of use, far enough not to stand still at every
// stutter of a network. Numbers from measurements with entries of 250 ms: an entry and 100 ms behind the
// newest picture plays without a stop on one machine. Pure.

/** An entry and a little. */
export const LEAST_BEHIND_SECONDS = 0.35
export const MOST_BEHIND_SECONDS = 3
const STALL_ADDS_SECONDS = 0.3
/** What a calm second takes off again. */
const CALM_TAKES_SECONDS = 0.01
/** Further behind than this, and beyond what is wanted, time is not made up for but left out. */
const JUMP_SECONDS = 0.9
/** Voices stay voices. */
const FASTER = 1.15
const SLOWER = 0.95
const SLACK_SECONDS = 0.15

export interface Position {
  /** Behind the newest picture that is here. */
  behindSeconds: number
  /** How far behind is wanted. */
  wantedSeconds: number
  rate: number
}

export type Pace = { rate: number } | { jumpSeconds: number }

/** The rate to play at from now on, or how far to jump. Once hurrying, it hurries until it is there. */
export function pace({ behindSeconds, wantedSeconds, rate }: Position): Pace {
  const late = behindSeconds - wantedSeconds
  if (late > JUMP_SECONDS) return { jumpSeconds: late }
  if (late > SLACK_SECONDS || (rate > 1 && late > 0)) return { rate: FASTER }
  if (late < -SLACK_SECONDS || (rate < 1 && late < 0)) return { rate: SLOWER }
  return { rate: 1 }
}

/** It stood still: keep further away. */
export function afterStall(wantedSeconds: number): number {
  return Math.min(MOST_BEHIND_SECONDS, wantedSeconds + STALL_ADDS_SECONDS)
}

/** It ran for so long without standing still: come nearer again. */
export function afterCalm(wantedSeconds: number, seconds: number): number {
  return Math.max(LEAST_BEHIND_SECONDS, wantedSeconds - seconds * CALM_TAKES_SECONDS)
}
