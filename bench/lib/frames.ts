// Length-prefixed frames out of a byte stream.

import b4a from 'b4a'

const PREFIX_BYTES = 4

export function frame(payload: Uint8Array): Uint8Array {
  const prefix = b4a.alloc(PREFIX_BYTES)
  new DataView(prefix.buffer, prefix.byteOffset).setUint32(0, payload.byteLength)
  return b4a.concat([prefix, payload as any])
}

export class FrameReader {
  readonly #onFrame: (payload: Uint8Array) => void
  #chunks: Uint8Array[] = []
  #bytes = 0
  #wanted = PREFIX_BYTES
  #inPayload = false

  constructor(onFrame: (payload: Uint8Array) => void) {
    this.#onFrame = onFrame
  }

  push(chunk: Uint8Array): void {
    this.#chunks.push(chunk)
    this.#bytes += chunk.byteLength
    while (this.#bytes >= this.#wanted) this.#take()
  }

  #take(): void {
    const all = this.#chunks.length === 1 ? this.#chunks[0]! : b4a.concat(this.#chunks as any)
    const taken = all.subarray(0, this.#wanted)
    this.#chunks = [all.subarray(this.#wanted)]
    this.#bytes = all.byteLength - this.#wanted
    if (this.#inPayload) this.#onFrame(taken)
    this.#wanted = this.#inPayload ? PREFIX_BYTES : view(taken).getUint32(0)
    this.#inPayload = !this.#inPayload
  }
}

export function view(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}
