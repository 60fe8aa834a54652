// The two clocks. Everything that needs time is given one, so that a test can give another.

export interface Clock {
  /** Wall clock, ms since 1970: may jump. */
  now(): number
  /** Milliseconds since some moment, never going back. */
  monotonicMs(): number
}

/** The system's clocks; the monotonic one is wall time with every jump back taken out. */
export function systemClock(): Clock {
  let last = Date.now()
  let elapsed = 0
  return {
    now: () => Date.now(),
    monotonicMs() {
      const now = Date.now()
      elapsed += Math.max(0, now - last)
      last = now
      return elapsed
    }
  }
}
