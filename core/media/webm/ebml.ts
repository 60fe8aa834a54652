// EBML elements (RFC 8794): headers of those still arriving, children of those held. Knows ids and
// sizes, not meanings; callers name each level, so nothing recurses.

import { damaged, uint } from '../bytes.ts'

export interface ElementHeader {
  id: number
  headerBytes: number
  /** Of the content; null where the writer did not know it (a live cluster or segment). */
  size: number | null
}

export interface Element {
  id: number
  body: Uint8Array
}

/** Longest header: an id of 4 bytes and a size of 8. */
export const MAX_HEADER_BYTES = 12

/** The header at the start of `view`, or null when it has not all arrived. */
export function readHeader(view: Uint8Array): ElementHeader | null {
  if (view.byteLength === 0) return null
  const idBytes = vintBytes(view[0]!)
  if (idBytes > 4) throw damaged('no element begins here')
  if (view.byteLength <= idBytes) return null
  const sizeBytes = vintBytes(view[idBytes]!)
  if (sizeBytes > 8) throw damaged('an element claims an impossible size')
  if (view.byteLength < idBytes + sizeBytes) return null
  const size = sizeAt(view, idBytes, sizeBytes)
  return { id: uint(view, 0, idBytes), headerBytes: idBytes + sizeBytes, size }
}

/** The elements inside an element. */
export function* elements(body: Uint8Array): Generator<Element> {
  for (let offset = 0; offset < body.byteLength;) {
    const header = readHeader(body.subarray(offset))
    if (!header || header.size === null) throw damaged('an element is cut short')
    const start = offset + header.headerBytes
    offset = start + header.size
    if (offset > body.byteLength) throw damaged('an element overruns its parent')
    yield { id: header.id, body: body.subarray(start, offset) }
  }
}

/** The number at `offset` in EBML's own variable length, as blocks write their track. */
export function vint(bytes: Uint8Array, offset: number): { value: number; bytes: number } {
  const length = vintBytes(bytes[offset] ?? 0)
  if (length > 8) throw damaged('a number has no end')
  return { value: uint(bytes, offset, length) - marker(length), bytes: length }
}

/** An unsigned element; empty means 0. */
export function number(body: Uint8Array): number {
  if (body.byteLength > 8) throw damaged('a number is impossibly large')
  return uint(body, 0, body.byteLength)
}

// All ones means unknown, whatever the length; told apart before it is too large for a number.
function sizeAt(view: Uint8Array, offset: number, length: number): number | null {
  const bytes = view.slice(offset, offset + length)
  bytes[0]! &= 0xff >> length
  const unknown = bytes[0] === 0xff >> length && bytes.subarray(1).every((byte) => byte === 0xff)
  return unknown ? null : uint(bytes, 0, length)
}

// The number of leading zero bits tells the length; 9 when the byte is zero.
function vintBytes(first: number): number {
  return Math.clz32(first) - 23
}

function marker(length: number): number {
  return 2 ** (7 * length)
}
