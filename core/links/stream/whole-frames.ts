// Has UDX hand over a long frame in a few pieces instead of packet by packet: a block of film is sixty
// packets, and waking JavaScript for each cost a holder more than all its cryptography. hyperdht asks
// for whole frames (`framed: true`), but UDX gives that up for good with the first packet that carries
// the end of one frame and the beginning of the next. So we keep count of the frames ourselves, and
// while a long one is coming in, have what comes gathered in a buffer of the right size.
// Must never: hold back the end of a frame; that would wait for the next one.

import b4a from 'b4a'
import binding from 'udx-native/binding.js'

/** udx-native 1.21.3, binding.cc: each packet is handed over, or what fills the buffer but for two packets. */
const EACH_PACKET = 0
const FULL_BUFFER = 1
/** "But for two packets": as small as packets ever are (libudx, UDX_MTU_BASE), so never too late. */
const SLACK_BYTES = 2 * 1200 - 1
/** Below it a few packets are not worth a buffer; above twice the largest packet, as UDX needs. */
const LONG_BYTES = 4096
/** Small enough that a line of 8 kbit/s is not taken for dead while one comes in. */
const MAX_PIECE_BYTES = 16_384
const HEADER_BYTES = 3

/** class UDXStream: names beyond what it offers. */
interface StreamInternals {
  _handle: Uint8Array
  /** Where UDX puts what comes next. */
  _buffer: Uint8Array
  _consumeData(length: number): Uint8Array
}

interface DhtInternals {
  createRawStream(options?: { framed?: boolean }): StreamInternals
}

/** Before anything is dialled or listened to: every framed stream of this node gathers. */
export function gatherFrames(dht: unknown): void {
  const internals = dht as DhtInternals
  const { createRawStream } = internals
  internals.createRawStream = (options) => {
    const stream = createRawStream.call(dht, options)
    if (options?.framed) gather(stream)
    return stream
  }
}

function gather(stream: StreamInternals): void {
  const { _consumeData } = stream
  const gauge = new FrameGauge()
  /** What is left of the usual buffer while another one is in use. */
  let usual: Uint8Array | null = null
  setMode(stream, EACH_PACKET)
  stream._consumeData = (length) => {
    const piece =
      usual === null ? _consumeData.call(stream, length) : stream._buffer.subarray(0, length)
    const missing = gauge.take(piece)
    if (missing >= LONG_BYTES) {
      usual ??= stream._buffer
      stream._buffer = b4a.allocUnsafe(Math.min(missing, MAX_PIECE_BYTES) + SLACK_BYTES)
      setMode(stream, FULL_BUFFER)
    } else if (usual !== null) {
      stream._buffer = usual
      usual = null
      setMode(stream, EACH_PACKET)
    }
    return piece
  }
}

function setMode({ _handle }: StreamInternals, mode: number): void {
  binding.udx_napi_stream_set_mode(_handle, mode)
}

/** Where in a stream of frames we are: a length of three bytes, the lowest first, then so many bytes. */
export class FrameGauge {
  #missing = 0
  #length = 0
  #headerBytes = 0

  /** @returns bytes that are still to come of the frame that has begun; 0 where none has */
  take(bytes: Uint8Array): number {
    let at = 0
    while (at < bytes.byteLength) {
      if (this.#missing === 0) {
        this.#takeHeader(bytes[at++]!)
        continue
      }
      const some = Math.min(this.#missing, bytes.byteLength - at)
      this.#missing -= some
      at += some
    }
    return this.#missing
  }

  #takeHeader(byte: number): void {
    this.#length += byte * 256 ** this.#headerBytes++
    if (this.#headerBytes < HEADER_BYTES) return
    this.#missing = this.#length
    this.#length = 0
    this.#headerBytes = 0
  }
}
