// Work that many things ask for at once, done at once for the first and once for all that follow soon
// after: forty newcomers are told of in a handful of messages, not in forty times forty.

export class Gathered {
  readonly #work: () => void
  readonly #everyMs: number
  #timer: Timer | null = null
  #due = false

  /** @param everyMs the work is done at most this often */
  constructor(work: () => void, everyMs: number) {
    this.#work = work
    this.#everyMs = everyMs
  }

  ask(): void {
    if (this.#timer !== null) this.#due = true
    else this.#do()
  }

  /** What was still due is not done any more. */
  stop(): void {
    clearTimeout(this.#timer)
    this.#timer = null
    this.#due = false
  }

  #do(): void {
    this.#due = false
    this.#timer = setTimeout(() => {
      this.#timer = null
      if (this.#due) this.#do()
    }, this.#everyMs)
    this.#work()
  }
}
