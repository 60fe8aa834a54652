// How long a camera that should give something has given nothing. Pure.

/** Fragments and pieces come each quarter or half of a second, and are looked for each second. */
const USUAL_MS = 2500

/** @returns 0 where that is as usual */
export function quietSecondsOf(sinceLastMs: number): number {
  return sinceLastMs > USUAL_MS ? sinceLastMs / 1000 : 0
}
