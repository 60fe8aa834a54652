// Sees to it that a circle is re-keyed when it must be, by one organiser and not by all: the first in
// turn a moment after the need shows, the others later and only where it is still there, for the first
// may be out of reach. Facts come from `epoch-policy.ts`. Who makes secrets that leave members out, one after
// the other, is answered each time after twice as long: a journal has room for so many.

/** The news of a revocation and the new secret behind it are read one after the other. */
const FIRST_AFTER_MS = 1000
/** Long enough for a line to travel; two who re-key at once do no harm. */
const STEP_MS = 5000
/** Twelve days: no timer can be set for more than twice as long. */
const MAX_DOUBLINGS = 20

export interface RekeyerOptions {
  /** Which in turn this device is; -1 where nothing is to be done, or not by it. */
  turn: () => number
  /** How often this device has done it for the same members. */
  times: () => number
  rekey: () => Promise<void>
  /** @default 1000 */
  firstAfterMs?: number
}

export class Rekeyer {
  readonly #options: RekeyerOptions
  #timer: Timer | null = null
  #working: Promise<void> = Promise.resolve()
  #isStopped = false

  constructor(options: RekeyerOptions) {
    this.#options = options
  }

  /** Something that decides it has changed. */
  check(): void {
    const turn = this.#options.turn()
    if (turn === -1 || this.#isStopped) return this.#forget()
    const { times, firstAfterMs = FIRST_AFTER_MS } = this.#options
    const patience = 2 ** Math.min(times(), MAX_DOUBLINGS)
    this.#timer ??= setTimeout(() => this.#due(), firstAfterMs * patience + turn * STEP_MS)
  }

  async stop(): Promise<void> {
    this.#isStopped = true
    this.#forget()
    await this.#working
  }

  #forget(): void {
    clearTimeout(this.#timer)
    this.#timer = null
  }

  /** A full disk may refuse it: then it is due again. */
  #due(): void {
    this.#timer = null
    const { turn, rekey } = this.#options
    if (turn() === -1) return
    this.#working = rekey().catch(() => this.check())
  }
}
