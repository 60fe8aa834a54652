// Work that is asked for often and done once for all that asked, a little later.

export class Gather {
  readonly #work: () => void
  readonly #everyMs: number
  #timer: Timer | null = null

  constructor(work: () => void, everyMs: number) {
    this.#work = work
    this.#everyMs = everyMs
  }

  ask(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = null
      this.#work()
    }, this.#everyMs)
  }

  stop(): void {
    clearTimeout(this.#timer)
    this.#timer = null
  }
}
