// Progress on stderr: on a terminal one line that is written over, elsewhere (a log, a pipe) a line of
// its own every few seconds, and not at all where nothing has changed.

import type process from '#process'

const EVERY_MS = 3000

type Stream = typeof process.stderr

export class StatusLine {
  readonly #stream: any
  #shown = ''
  #lastAtMs = 0

  constructor(stream: Stream) {
    this.#stream = stream
  }

  show(text: string): void {
    if (text === this.#shown) return
    if (this.#isTerminal) this.#replace(text)
    else if (Date.now() - this.#lastAtMs >= EVERY_MS) this.#append(text)
  }

  /** Takes the line away, for another text to be printed. */
  clear(): void {
    if (this.#isTerminal && this.#shown !== '') this.#stream.write('\r\x1b[K')
    this.#shown = ''
  }

  /** Keeps the line. */
  end(): void {
    if (this.#isTerminal && this.#shown !== '') this.#stream.write('\n')
    this.#shown = ''
  }

  get #isTerminal(): boolean {
    return this.#stream.isTTY === true
  }

  #replace(text: string): void {
    const columns = this.#stream.columns || 80
    this.#stream.write('\r\x1b[K' + text.slice(0, columns - 1))
    this.#shown = text
  }

  #append(text: string): void {
    this.#stream.write(text + '\n')
    this.#shown = text
    this.#lastAtMs = Date.now()
  }
}
