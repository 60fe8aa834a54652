// How much media time the first n blocks of a recording hold. Pure: fed one entry at a time, in
// order, it answers for any length it has seen.
// Must never: count a block twice, or shrink.

import type { Entry, Seal, Span } from '../encoding/recording/entry.ts'

export class Timeline {
  /** ends[i]: microseconds of media held once block i is. Block 0 holds none. */
  readonly #ends: number[] = [0]
  #startUs: number | null = null
  seal: Seal | null = null

  /** Blocks seen. */
  get length(): number {
    return this.#ends.length
  }

  /** Feeds the entry of block `this.length`. */
  add(entry: Entry): void {
    if (entry.kind === 'fragment') return this.addSpan(entry.body)
    if (entry.kind === 'seal') this.seal = entry.body
    this.skip()
  }

  /** The same for a fragment of which no more is known. */
  addSpan({ ptsUs, durationUs }: Span): void {
    this.#startUs ??= ptsUs
    const before = this.#ends[this.#ends.length - 1]!
    this.#ends.push(Math.max(before, ptsUs + durationUs - this.#startUs))
  }

  /** Block `this.length` holds no media that can be counted. */
  skip(): void {
    this.#ends.push(this.#ends[this.#ends.length - 1]!)
  }

  /** Seconds of media in the first `length` blocks. */
  secondsAt(length: number): number {
    const last = Math.min(length, this.#ends.length) - 1
    return last < 0 ? 0 : this.#ends[last]! / 1e6
  }

  /** The first block whose media ends after `seconds`, or the last block. */
  indexAt(seconds: number): number {
    let low = 0
    let high = this.#ends.length - 1
    while (low < high) {
      const middle = (low + high) >> 1
      if (this.#ends[middle]! / 1e6 > seconds) high = middle
      else low = middle + 1
    }
    return low
  }
}
