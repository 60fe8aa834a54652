// When what was read of who belongs is weighed. All that comes together is weighed once, for what one line
// changes hangs on all lines; and where weighing takes long, since somebody has said very much, the next time
// waits three times as long: a member that says ten thousand things must not keep the others from filming.
// Must never: let anybody be told of a line that has not been weighed.

import { systemClock } from '../runtime/clock.ts'
import type { Clock } from '../runtime/clock.ts'
import type { JournalLine } from './roster.ts'

/** What takes no longer is done at once, however often. */
const FREE_MS = 10
/** Of the time of the process a quarter at most. */
const REST_TIMES = 3

export class Weighing {
  readonly #weigh: (lines: JournalLine[], hasWords: boolean) => void
  readonly #clock: Pick<Clock, 'monotonicMs'>
  readonly #lines: JournalLine[] = []
  readonly #waiting: (() => void)[] = []
  #hasWords = false
  #restUntilMs = 0
  #timer: Timer | null = null

  /** @param weigh takes in all lines since the last time, and whether words of older ones have come */
  constructor(
    weigh: (lines: JournalLine[], hasWords: boolean) => void,
    clock: Pick<Clock, 'monotonicMs'> = systemClock()
  ) {
    this.#weigh = weigh
    this.#clock = clock
  }

  /** A line that may change who belongs, or who has which secret. */
  add(line: JournalLine): void {
    this.#lines.push(line)
    this.#arm()
  }

  /** Words of one that is known. */
  addWords(): void {
    this.#hasWords = true
    this.#arm()
  }

  /** Calls `then` once everything that was read up to now is weighed: at once, unless that takes long. */
  settled(then: () => void): void {
    this.#waiting.push(then)
    if (!this.#isDue || this.#clock.monotonicMs() >= this.#restUntilMs) this.now()
  }

  now(): void {
    clearTimeout(this.#timer)
    this.#timer = null
    const fromMs = this.#clock.monotonicMs()
    if (this.#isDue) {
      const hasWords = this.#hasWords
      this.#hasWords = false
      this.#weigh(this.#lines.splice(0), hasWords)
      const tookMs = this.#clock.monotonicMs() - fromMs
      this.#restUntilMs = tookMs < FREE_MS ? 0 : fromMs + (1 + REST_TIMES) * tookMs
    }
    for (const then of this.#waiting.splice(0)) then()
  }

  /** What is still to be weighed is not weighed any more. */
  stop(): void {
    clearTimeout(this.#timer)
    this.#timer = null
    this.#waiting.length = 0
  }

  get #isDue(): boolean {
    return this.#hasWords || this.#lines.length > 0
  }

  #arm(): void {
    const inMs = Math.max(0, this.#restUntilMs - this.#clock.monotonicMs())
    this.#timer ??= setTimeout(() => this.now(), inMs)
  }
}
