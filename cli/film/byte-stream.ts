// Bytes in order, from a file, from stdin or from a program, read ahead a little and no further. Takes
// `data` events rather than iterating: Bare sets a program's pipe flowing when the program has ended,
// and what nobody listens for then is lost.

import process from '#process'
import { fs } from '../../core/runtime/fs.ts'

/** Pieces read ahead; a piece is at most 64 KiB. */
const MAX_AHEAD = 16

export class ByteStream {
  /** For people. */
  readonly name: string
  readonly #stream: any
  readonly #pieces: Uint8Array[] = []
  #ended = false
  #error: unknown = null
  #wake: () => void = () => {}

  /** @param stream any readable stream of Node or Bare */
  constructor(name: string, stream: any) {
    this.name = name
    this.#stream = stream
    stream.on('data', (piece: Uint8Array) => this.#onData(piece))
    stream.on('error', (err: unknown) => this.#onEnd(err))
    stream.on('end', () => this.#onEnd(null))
    stream.on('close', () => this.#onEnd(null))
  }

  static file(file: string): ByteStream {
    return new ByteStream(file, fs.createReadStream(file))
  }

  static stdin(): ByteStream {
    return new ByteStream('stdin', process.stdin)
  }

  /** The next piece, or null at the end. @throws what the system said */
  async next(): Promise<Uint8Array | null> {
    while (this.#pieces.length === 0 && !this.#ended) {
      await new Promise<void>((resolve) => (this.#wake = resolve))
    }
    const piece = this.#pieces.shift()
    if (piece === undefined && this.#error !== null) throw this.#error
    if (this.#pieces.length === MAX_AHEAD - 1) this.#stream.resume()
    return piece ?? null
  }

  close(): void {
    this.#onEnd(null)
    this.#stream.destroy()
  }

  #onData(piece: Uint8Array): void {
    this.#pieces.push(piece)
    if (this.#pieces.length >= MAX_AHEAD) this.#stream.pause()
    this.#wake()
  }

  #onEnd(err: unknown): void {
    this.#error ??= this.#ended ? null : err
    this.#ended = true
    this.#wake()
  }
}
