// Cuts the engine's media stream into frames (core/api/contract/media.ts): a JSON header and bytes each,
// whatever pieces they arrive in. Pure: holds what is not whole yet, and nothing else.

import type { MediaFrame } from '../../../../core/api/contract.ts'
import { MAX_HEADER_BYTES, PREFIX_BYTES } from '../../../../core/api/frames.ts'

/** A key fragment of 4K at 250 ms stays far below. */
const MAX_BODY_BYTES = 32 * 1024 * 1024

export interface Framed {
  header: MediaFrame
  body: Uint8Array<ArrayBuffer>
}

export class FrameReader {
  #pieces: Uint8Array[] = []
  #bytes = 0
  #wanted = PREFIX_BYTES

  /**
   * What has become whole with these bytes, in order.
   * @throws where this is no stream of frames: nothing behind that can be trusted
   */
  push(piece: Uint8Array): Framed[] {
    this.#pieces.push(piece)
    this.#bytes += piece.byteLength
    if (this.#bytes < this.#wanted) return []
    const { frames, rest, wanted } = cut(joined(this.#pieces, this.#bytes))
    this.#pieces = [rest]
    this.#bytes = rest.byteLength
    this.#wanted = wanted
    return frames
  }
}

function cut(bytes: Uint8Array): { frames: Framed[]; rest: Uint8Array; wanted: number } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const frames: Framed[] = []
  let at = 0
  for (;;) {
    if (bytes.byteLength - at < PREFIX_BYTES) {
      return { frames, rest: bytes.slice(at), wanted: PREFIX_BYTES }
    }
    const header = bounded(view.getUint32(at, true), MAX_HEADER_BYTES)
    const body = bounded(view.getUint32(at + 4, true), MAX_BODY_BYTES)
    const whole = PREFIX_BYTES + header + body
    if (bytes.byteLength - at < whole) return { frames, rest: bytes.slice(at), wanted: whole }
    const bodyAt = at + PREFIX_BYTES + header
    frames.push({
      header: JSON.parse(ascii(bytes.subarray(at + PREFIX_BYTES, bodyAt))) as MediaFrame,
      body: new Uint8Array(bytes.slice(bodyAt, bodyAt + body))
    })
    at += whole
  }
}

function bounded(bytes: number, most: number): number {
  if (bytes > most) throw new Error('This is no stream of media frames')
  return bytes
}

function ascii(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes) text += String.fromCharCode(byte)
  return text
}

function joined(pieces: Uint8Array[], bytes: number): Uint8Array {
  if (pieces.length === 1) return pieces[0]!
  const whole = new Uint8Array(bytes)
  let at = 0
  for (const piece of pieces) {
    whole.set(piece, at)
    at += piece.byteLength
  }
  return whole
}
