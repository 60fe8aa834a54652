// How much of something one link, or the member at its end, may have: a store that is used up and fills again with time. Pure.

export interface AllowanceTerms {
  /** Most that can be used at once. */
  burst: number
  perSecond: number
}

export class Allowance {
  readonly #terms: AllowanceTerms
  #left: number
  #atMs: number

  constructor(terms: AllowanceTerms, nowMs: number) {
    this.#terms = terms
    this.#left = terms.burst
    this.#atMs = nowMs
  }

  /** Time has passed. Apart from `spend`, so that the clock is read once for many of them. */
  refill(nowMs: number): void {
    const { burst, perSecond } = this.#terms
    const gained = (Math.max(0, nowMs - this.#atMs) * perSecond) / 1000
    this.#left = Math.min(burst, this.#left + gained)
    this.#atMs = nowMs
  }

  /** Spends it where there is so much left; false where there is not. */
  take(amount: number): boolean {
    return this.#left >= amount && this.spend(amount)
  }

  /** False where there was not so much left: it is spent all the same, and stays owed. */
  spend(amount: number): boolean {
    this.#left -= amount
    return this.#left >= 0
  }
}
