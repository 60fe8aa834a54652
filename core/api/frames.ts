// A frame: a small JSON header and bytes, as contract/media.ts tells it.
//
//   u32 LE header bytes | u32 LE body bytes | header, ASCII JSON | body
//
// Runs in a browser as in the engine, so it uses nothing but the language.
// Must never: make room for what a frame only claims.

/** A header is a few numbers and words. */
export const MAX_HEADER_BYTES = 64 * 1024
/** The two lengths. */
export const PREFIX_BYTES = 8

export interface Frame<Header> {
  header: Header
  body: Uint8Array
}

const EMPTY = new Uint8Array(0)

export function packFrame(header: object, body: Uint8Array = EMPTY): Uint8Array {
  const text = asciiJson(header)
  const frame = new Uint8Array(PREFIX_BYTES + text.length + body.byteLength)
  const view = new DataView(frame.buffer)
  view.setUint32(0, text.length, true)
  view.setUint32(4, body.byteLength, true)
  for (let i = 0; i < text.length; i++) frame[PREFIX_BYTES + i] = text.charCodeAt(i)
  frame.set(body, PREFIX_BYTES + text.length)
  return frame
}

/** One whole frame, and nothing behind it; null where the bytes are none. */
export function unpackFrame<Header>(bytes: Uint8Array): Frame<Header> | null {
  const sizes = sizesOf(bytes)
  if (sizes === null || sizes.all !== bytes.byteLength) return null
  return read<Header>(bytes, sizes.header)
}

function sizesOf(bytes: Uint8Array): { header: number; body: number; all: number } | null {
  if (bytes.byteLength < PREFIX_BYTES) return null
  const view = new DataView(bytes.buffer, bytes.byteOffset)
  const header = view.getUint32(0, true)
  const body = view.getUint32(4, true)
  return { header, body, all: PREFIX_BYTES + header + body }
}

function read<Header>(bytes: Uint8Array, headerBytes: number): Frame<Header> | null {
  if (headerBytes > MAX_HEADER_BYTES) return null
  const start = PREFIX_BYTES + headerBytes
  let text = ''
  for (let i = PREFIX_BYTES; i < start; i++) text += String.fromCharCode(bytes[i]!)
  try {
    const header: unknown = JSON.parse(text)
    if (typeof header !== 'object' || header === null) return null
    return { header: header as Header, body: bytes.subarray(start) }
  } catch {
    return null
  }
}

function asciiJson(value: object): string {
  const escaped = (found: string): string =>
    '\\u' + found.charCodeAt(0).toString(16).padStart(4, '0')
  return JSON.stringify(value).replace(/[\u0080-\uffff]/g, escaped)
}
