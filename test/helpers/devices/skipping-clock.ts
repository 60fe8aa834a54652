import type { Clock } from '../../../core/runtime/clock.ts'

/** Runs like any other, or `times` as fast, and skips what a test would wait for. */
export class SkippingClock implements Clock {
  readonly #startMs = Date.now()
  readonly #times: number
  #skippedMs = 0

  constructor(times = 1) {
    this.#times = times
  }

  now(): number {
    return this.#startMs + this.#times * (Date.now() - this.#startMs) + this.#skippedMs
  }

  monotonicMs(): number {
    return this.now()
  }

  skip(ms: number): void {
    this.#skippedMs += ms
  }
}
