// When each of the newest blocks of our own film was handed over: what tells how far behind a holder is.

/** A minute of blocks and more; what is older counts as old as the oldest of these. */
const MAX_REMEMBERED = 512

export class Published {
  /** Blocks handed over so far. */
  length = 0
  readonly #atMs: number[] = []

  note(nowMs: number): void {
    this.length++
    this.#atMs.push(nowMs)
    if (this.#atMs.length > MAX_REMEMBERED) this.#atMs.shift()
  }

  /** When block `index` was handed over, or the oldest that is remembered; null where it was not yet. */
  atMs(index: number): number | null {
    if (index >= this.length) return null
    return this.#atMs[Math.max(0, index - (this.length - this.#atMs.length))]!
  }
}
