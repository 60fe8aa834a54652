// The two clocks. Everything that needs time is given one, so that a test can give another.

export interface Clock {
  /** Wall clock, ms since 1970: may jump. */
  now(): number
  /** Milliseconds since some moment, never going back. */
  monotonicMs(): number
}

/** The system's clocks; the monotonic one is wall time with every jump back taken out. */
export function systemClock(): Clock {
  return { now: () => Date.now(), monotonicMs: steady(() => Date.now()) }
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
