// When a fragment is due: at the speed the film plays, or at once. Pure; times are arguments.

export type PaceName = 'live' | 'fast'

export const PACES: readonly PaceName[] = ['live', 'fast']

export class Pace {
  readonly #live: boolean
  #begin: { ptsUs: number; atMs: number } | null = null

  constructor(name: PaceName) {
    this.#live = name === 'live'
  }

  /** How long to wait with this fragment, ms. */
  waitMs(ptsUs: number, nowMs: number): number {
    if (!this.#live) return 0
    // A clock that starts again, as after a new init segment, goes on from now.
    if (this.#begin === null || ptsUs < this.#begin.ptsUs) this.#begin = { ptsUs, atMs: nowMs }
    const dueMs = this.#begin.atMs + (ptsUs - this.#begin.ptsUs) / 1000
    return Math.max(0, dueMs - nowMs)
  }
}
