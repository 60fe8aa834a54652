// Holds a file of the package against bytes that are made one after the other: the media against the
// log, a text against what the log says. Neither is ever whole in memory.

import b4a from 'b4a'
import type { OpenedPackage } from './opened-package.ts'

const WINDOW_BYTES = 64 * 1024
const NONE = b4a.alloc(0)

export class ByteCheck {
  readonly name: string
  /** Where file and bytes first part, or null where they have not. */
  firstDifference: number | null = null
  /** Bytes held against the file so far. */
  offset = 0
  readonly #package: OpenedPackage
  #window: Uint8Array = NONE
  #windowAt = 0

  constructor(opened: OpenedPackage, name: string) {
    this.#package = opened
    this.name = name
  }

  /** Holds the next bytes against the file. Does nothing after the first difference. */
  async next(content: Uint8Array | string): Promise<void> {
    const expected = typeof content === 'string' ? b4a.from(content) : content
    for (let done = 0; done < expected.byteLength && this.firstDifference === null;) {
      const found = await this.#ahead(expected.byteLength - done)
      const wanted = expected.subarray(done, done + found.byteLength)
      if (found.byteLength === 0) this.firstDifference = this.offset
      else if (!b4a.equals(found, wanted))
        this.firstDifference = this.offset + differsAt(found, wanted)
      done += found.byteLength
      this.offset += found.byteLength
    }
  }

  /** True where the file is exactly the bytes given. */
  finish(): boolean {
    if (this.firstDifference === null && this.offset !== this.#package.size(this.name)) {
      this.firstDifference = this.offset
    }
    return this.firstDifference === null
  }

  /** Up to `most` bytes of the file from `offset` on; none at its end. */
  async #ahead(most: number): Promise<Uint8Array> {
    const start = this.offset - this.#windowAt
    if (start >= this.#window.byteLength) {
      const left = this.#package.size(this.name) - this.offset
      const length = Math.max(0, Math.min(left, WINDOW_BYTES))
      this.#window = (await this.#package.read(this.name, this.offset, length)) ?? NONE
      this.#windowAt = this.offset
      return this.#window.subarray(0, most)
    }
    return this.#window.subarray(start, start + most)
  }
}

function differsAt(a: Uint8Array, b: Uint8Array): number {
  let i = 0
  while (a[i] === b[i]) i++
  return i
}
