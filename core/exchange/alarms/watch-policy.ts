// When something is wrong enough to say so. Pure; time is an argument.

/** Longer than a bad line is dead, and than an app needs to start again. */
const SILENT_AFTER_MS = 30_000
/** Dates in a film are read to the minute; phones on a network are within a second. */
const CLOCK_OFF_MS = 2 * 60_000
/** So many others that agree among themselves are right. */
const MAJORITY_OF = 3

/** A film that has no end, whose author is not linked, and that has not grown. */
export function isSilent(aliveAtMs: number, nowMs: number): boolean {
  return nowMs - aliveAtMs >= SILENT_AFTER_MS
}

/**
 * Whose clock is far off, where one of two is.
 * @param offsetMs the other's clock less ours
 * @param all the same for everybody linked, this one included
 */
export function whoseClockIsOff(
  offsetMs: number,
  all: readonly number[]
): 'theirs' | 'ours' | null {
  if (Math.abs(offsetMs) < CLOCK_OFF_MS) return null
  const like = all.filter((other) => Math.abs(other - offsetMs) < CLOCK_OFF_MS)
  return like.length >= MAJORITY_OF && 2 * like.length > all.length ? 'ours' : 'theirs'
}
