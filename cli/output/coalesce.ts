// Calls a function at most every so often, at once where it can, and never loses the last time.

export class Coalesced {
  readonly #fn: () => void
  readonly #everyMs: number
  #lastAtMs = -Infinity
  #timer: Timer | null = null

  constructor(fn: () => void, everyMs: number) {
    this.#fn = fn
    this.#everyMs = everyMs
  }

  call(): void {
    if (this.#timer !== null) return
    const waitMs = this.#lastAtMs + this.#everyMs - Date.now()
    if (waitMs <= 0) this.#run()
    else this.#timer = setTimeout(() => this.#run(), waitMs)
  }

  /** Makes the call that waits, now. */
  flush(): void {
    if (this.#timer !== null) this.#run()
  }

  #run(): void {
    clearTimeout(this.#timer)
    this.#timer = null
    this.#lastAtMs = Date.now()
    this.#fn()
  }
}
