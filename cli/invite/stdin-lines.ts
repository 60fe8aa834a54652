// Lines somebody types, or a program writes, on stdin.
// Must never: gather more of a line than a line of ours can be.

import process from '#process'

const MAX_LINE = 1024

export class StdinLines {
  readonly #onLine: (line: string) => void
  #rest = ''

  constructor(onLine: (line: string) => void) {
    this.#onLine = onLine
  }

  start(): void {
    const stdin = process.stdin as any
    stdin.on('data', this.#onData)
    stdin.on('error', () => {})
    stdin.resume()
  }

  stop(): void {
    const stdin = process.stdin as any
    stdin.off('data', this.#onData)
    stdin.pause()
  }

  readonly #onData = (chunk: unknown): void => {
    const lines = (this.#rest + String(chunk)).split('\n')
    this.#rest = lines.pop()!.slice(-MAX_LINE)
    for (const line of lines) this.#onLine(line.trim())
  }
}
