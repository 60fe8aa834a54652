// ISO base media boxes (ISO 14496-12, 4.2): headers of those still arriving, children of those held.
// Knows sizes and names, not meanings; callers name each level, so nothing recurses.

import type { ByteQueue } from '../byte-queue.ts'
import { damaged, latin1, u32, u64 } from '../bytes.ts'

export interface BoxHeader {
  type: string
  /** The whole box, header included. */
  bytes: number
  headerBytes: number
}

export interface Box {
  type: string
  body: Uint8Array
}

/** The header at the queue's cursor, or null when it has not all arrived. */
export function peekBox(queue: ByteQueue): BoxHeader | null {
  const view = queue.view(16)
  return view.byteLength < 8 ? null : readHeader(view)
}

/** The boxes inside a box. */
export function* boxes(body: Uint8Array): Generator<Box> {
  for (let offset = 0; offset < body.byteLength;) {
    const header = readHeader(body.subarray(offset))
    if (!header || offset + header.bytes > body.byteLength)
      throw damaged('a box overruns its parent')
    const start = offset + header.headerBytes
    offset += header.bytes
    yield { type: header.type, body: body.subarray(start, offset) }
  }
}

export function child(body: Uint8Array, type: string): Uint8Array | null {
  for (const box of boxes(body)) if (box.type === type) return box.body
  return null
}

/** Body of the box at the end of a path of names, or null. */
export function descend(body: Uint8Array, ...path: string[]): Uint8Array | null {
  let found: Uint8Array | null = body
  for (const type of path) found = found && child(found, type)
  return found
}

// Size 0 means "to the end of the file" and is what a torn file full of zeros looks like; no
// fragment writer uses it, since a fragment has an end.
function readHeader(view: Uint8Array): BoxHeader | null {
  const size = u32(view, 0)
  const type = latin1(view, 4, 4)
  if (!/^[\x20-\x7e\xa9][\x20-\x7e]{3}$/.test(type)) throw damaged('no box begins here')
  if (size === 1) return view.byteLength < 16 ? null : checked(type, u64(view, 8), 16)
  return checked(type, size, 8)
}

function checked(type: string, bytes: number, headerBytes: number): BoxHeader {
  if (bytes < headerBytes) throw damaged(`a "${type}" box claims an impossible size`)
  return { type, bytes, headerBytes }
}
