// When the journals of others are told on: all that have something new together, one packet for each
// link. In a circle of fifty every entry is told by everybody to everybody, and each holder writes one
// every few seconds while a film runs: by themselves that is the cube of the members in packets.
// Must never: hold back longer than a round, or send what `tell` would not.

import type Protomux from 'protomux'

/** What comes within this after a round waits for the next. */
const ROUND_MS = 1000

/** Something that is due to be told. */
export interface News {
  /** Where it would be told now. */
  readonly muxes: Protomux[]
  /** Tells what is due, if anything still is. */
  tell(): void
}

export class NewsRounds {
  readonly #due = new Set<News>()
  #timer: Timer | null = null

  /** It is told at once where nothing was told lately, else with the next round. */
  ask(news: News): void {
    this.#due.add(news)
    if (this.#timer === null) this.#round()
  }

  /** What is due is left to whoever asked. */
  stop(): void {
    clearTimeout(this.#timer)
    this.#timer = null
    this.#due.clear()
  }

  #round(): void {
    const due = [...this.#due]
    this.#due.clear()
    this.#timer = setTimeout(() => {
      this.#timer = null
      if (this.#due.size > 0) this.#round()
    }, ROUND_MS)
    const muxes = new Set(due.flatMap((news) => news.muxes))
    for (const mux of muxes) mux.cork()
    try {
      for (const news of due) news.tell()
    } finally {
      for (const mux of muxes) mux.uncork()
    }
  }
}
