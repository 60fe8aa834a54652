// Calls once when a wall clock has reached a moment that may be weeks away: longer than a timer can be
// set for, and whatever the clock does meanwhile.

const LONGEST_MS = 3_600_000

export class Deadline {
  readonly #now: () => number
  readonly #onTime: () => void
  #timer: Timer | null = null

  constructor(now: () => number, onTime: () => void) {
    this.#now = now
    this.#onTime = onTime
  }

  /** Replaces what was set before. */
  set(atMs: number): void {
    this.clear()
    const waitMs = Math.min(LONGEST_MS, Math.max(0, atMs - this.#now()))
    this.#timer = setTimeout(() => {
      if (this.#now() < atMs) return this.set(atMs)
      this.#timer = null
      this.#onTime()
    }, waitMs)
  }

  clear(): void {
    clearTimeout(this.#timer)
    this.#timer = null
  }
}
