// The wish to stop: Ctrl-C, a signal from the system, or a reader of our output that has gone. Whatever
// waits, waits on this as well, so that the first wish closes cleanly; a second one ends at once, which
// loses nothing that was held.

import process from '#process'
import { EXIT_FAILED } from './exit-codes.ts'

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

export class Stop {
  requested = false
  /** The first signal that came, where it was a signal. */
  signal: string | null = null
  readonly #listeners = new Set<() => void>()
  #signals = 0
  #final = false

  /** Listens for signals until the process ends. */
  listen(signals: readonly string[] = SIGNALS): void {
    for (const signal of signals) process.on(signal as 'SIGINT', () => this.#onSignal(signal))
  }

  /** @param final true where no later part of the work shall be done either */
  request(final = false): void {
    this.requested = true
    this.#final ||= final
    for (const fn of [...this.#listeners]) fn()
  }

  /** What was to stop has stopped: the work that follows may wait again. A second signal still ends. */
  rearm(): void {
    this.requested = this.#final
  }

  /** Calls `fn` when somebody wants to stop; at once where that has been. */
  on(fn: () => void): void {
    this.#listeners.add(fn)
    if (this.requested) fn()
  }

  off(fn: () => void): void {
    this.#listeners.delete(fn)
  }

  /** Resolves once somebody wants to stop. */
  asked(): Promise<void> {
    return new Promise((resolve) => this.on(resolve))
  }

  /** Resolves after that time, or when asked to stop. */
  sleep(ms: number): Promise<void> {
    if (ms <= 0 || this.requested) return Promise.resolve()
    return new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer)
        this.off(done)
        resolve()
      }
      const timer = setTimeout(done, ms)
      this.on(done)
    })
  }

  /**
   * Waits until `fn` is true.
   * @returns false where the time was up, or somebody wanted to stop
   */
  async until(fn: () => boolean, timeoutMs: number, everyMs = 50): Promise<boolean> {
    for (let waitedMs = 0; !fn(); waitedMs += everyMs) {
      if (this.requested || waitedMs >= timeoutMs) return false
      await this.sleep(everyMs)
    }
    return true
  }

  #onSignal(signal: string): void {
    this.signal ??= signal
    if (this.#signals++ > 0) process.exit(EXIT_FAILED)
    this.request()
  }
}
