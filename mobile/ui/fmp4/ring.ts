// The seconds before the tap, held in memory and nowhere else: whole groups of pictures, the oldest
// dropped first, so that what is kept can always be decoded from its beginning. Pure.

/** What the ring must know of what it holds. */
export interface Held {
  key: boolean
  startUs: number
  endUs: number
}

export class Ring<Piece extends Held> {
  readonly #maxUs: number
  #groups: Piece[] = []

  /** @param maxMs a little more is kept: to the key frame before */
  constructor(maxMs: number) {
    this.#maxUs = maxMs * 1000
  }

  get durationUs(): number {
    const first = this.#groups[0]
    return first ? this.#groups.at(-1)!.endUs - first.startUs : 0
  }

  push(group: Piece): void {
    if (this.#groups.length === 0 && !group.key) return
    this.#groups.push(group)
    for (let next = this.#nextKey(); next > 0; next = this.#nextKey()) {
      if (group.endUs - this.#groups[next]!.startUs < this.#maxUs) return
      this.#groups.splice(0, next)
    }
  }

  /** All of it, oldest first; the ring is empty after that. */
  take(): Piece[] {
    const groups = this.#groups
    this.#groups = []
    return groups
  }

  #nextKey(): number {
    return this.#groups.findIndex((group, index) => index > 0 && group.key)
  }
}
