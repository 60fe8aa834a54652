// The bytes not handed out yet, in one piece, with a cursor up to which they have been understood.
// Fragments are only ever taken from its head, which is what makes the output byte for byte the
// input. It holds what was pushed and allocates nothing on the word of a header.

const IDLE_BYTES = 256 * 1024

export class ByteQueue {
  /** Bytes from the head that have been understood. */
  scanned = 0
  /** Bytes taken so far: the head's place in the input. */
  taken = 0
  #buffer = new Uint8Array(IDLE_BYTES)
  #head = 0
  #tail = 0

  get length(): number {
    return this.#tail - this.#head
  }

  /** Bytes behind the cursor. */
  get available(): number {
    return this.length - this.scanned
  }

  /** The cursor's place in the input. */
  get position(): number {
    return this.taken + this.scanned
  }

  push(chunk: Uint8Array): void {
    if (this.#tail + chunk.byteLength > this.#buffer.byteLength) this.#makeRoom(chunk.byteLength)
    this.#buffer.set(chunk, this.#tail)
    this.#tail += chunk.byteLength
  }

  /** Up to `length` bytes behind the cursor. A view: dead after the next push or take. */
  view(length: number): Uint8Array {
    const start = this.#head + this.scanned
    return this.#buffer.subarray(start, Math.min(start + length, this.#tail))
  }

  advance(length: number): void {
    this.scanned += Math.min(length, this.available)
  }

  /** Takes understood bytes off the head, as a copy. */
  take(length: number): Uint8Array {
    const bytes = this.#buffer.slice(this.#head, this.#head + length)
    this.#head += length
    this.scanned -= length
    this.taken += length
    return bytes
  }

  // Twice the need, so that bytes are moved a bounded number of times however small the pieces.
  #makeRoom(extra: number): void {
    const need = Math.max(IDLE_BYTES, 2 * (this.length + extra))
    const fits = need <= this.#buffer.byteLength && this.#buffer.byteLength <= 4 * need
    const pending = this.#buffer.subarray(this.#head, this.#tail)
    const target = fits ? this.#buffer : new Uint8Array(need)
    target.set(pending)
    this.#buffer = target
    this.#tail -= this.#head
    this.#head = 0
  }
}
