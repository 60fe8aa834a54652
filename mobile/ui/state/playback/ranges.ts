// What of a film is in the player, as ranges of film seconds, and what follows from it: whether a
// moment can be shown at once, where to go on behind a hole, what to throw away, when to stop reading.
// Pure.

export interface Range {
  start: number
  end: number
}

/** Fragments meet within a frame or two: a smaller hole is none. */
const SEAM_SECONDS = 0.1
/** Kept behind the picture, for who goes back a little; more is fetched again. */
const KEPT_BEHIND_SECONDS = 60
/** Kept where the browser has no room: the key picture that is shown now. */
const LEAST_BEHIND_SECONDS = 2
/** So far ahead of the picture no more is read: the engine waits. */
const READ_AHEAD_SECONDS = 30

/** The range that holds this moment. */
export function rangeAt(ranges: readonly Range[], at: number): Range | null {
  return ranges.find(({ start, end }) => at >= start - SEAM_SECONDS && at <= end) ?? null
}

/** How much can be played from here without a stop. */
export function aheadOf(ranges: readonly Range[], at: number): number {
  const here = rangeAt(ranges, at)
  return here === null ? 0 : Math.max(0, here.end - at)
}

/** Where playing goes on when it stands at a hole; null where it does not, or nothing is behind it. */
export function overTheHole(ranges: readonly Range[], at: number): number | null {
  if (aheadOf(ranges, at) > SEAM_SECONDS) return null
  const later = ranges.filter(({ start }) => start > at).map(({ start }) => start)
  return later.length === 0 ? null : Math.min(...later)
}

/** Enough is here: read on when some of it has been played. */
export function isEnough(ranges: readonly Range[], at: number): boolean {
  return aheadOf(ranges, at) >= READ_AHEAD_SECONDS
}

/**
 * What lies long behind the picture. Never what is ahead: the player reads without holes, so that a hole
 * is always one of the film.
 * @param pressed the browser has no room left
 */
export function toRemove(ranges: readonly Range[], at: number, pressed = false): Range[] {
  const to = at - (pressed ? LEAST_BEHIND_SECONDS : KEPT_BEHIND_SECONDS)
  return ranges
    .map(({ start, end }) => ({ start, end: Math.min(end, to) }))
    .filter(({ start, end }) => end - start > SEAM_SECONDS)
}
