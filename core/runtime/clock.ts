// The two clocks. Everything that needs time is given one, so that a test can give another.

import process from '#process'

export interface Clock {
  /** Wall clock, ms since 1970: may jump. */
  now(): number
  /** Milliseconds since some moment, never going back. */
  monotonicMs(): number
}

/** The system's clocks. The monotonic one nobody can set; on most systems it stands still while they sleep. */
export function systemClock(): Clock {
  return { now: () => Date.now(), monotonicMs }
}

function monotonicMs(): number {
  const [seconds, nanoseconds] = process.hrtime()
  return seconds * 1000 + nanoseconds / 1e6
}

/** Milliseconds since this call by a clock that may be set: every jump back taken out. */
export function steady(now: () => number): () => number {
  let last = now()
  let elapsed = 0
  return () => {
    const at = now()
    elapsed += Math.max(0, at - last)
    last = at
    return elapsed
  }
}
