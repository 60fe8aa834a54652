// A clock in a test's hand: fast, so that what waits for seconds does not, and set forward or back as
// people and networks do.

import type { Clock } from '../../../core/runtime/clock.ts'

export class SetClock implements Clock {
  readonly #startMs = Date.now()
  readonly #times: number
  #offsetMs = 0

  /** @param times how much faster than the real one it runs */
  constructor(times: number) {
    this.#times = times
  }

  now(): number {
    return this.#startMs + this.monotonicMs() + this.#offsetMs
  }

  monotonicMs(): number {
    return this.#times * (Date.now() - this.#startMs)
  }

  /** Sets it forward, or back where `byMs` is less than 0. */
  set(byMs: number): void {
    this.#offsetMs += byMs
  }
}
