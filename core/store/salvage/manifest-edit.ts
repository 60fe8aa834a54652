// Takes out of RocksDB's index (MANIFEST) what it remembers of each table besides place and size: its
// unique id, which a table that has lost its properties can no longer prove.
// Must never: be done to the only copy.
//
// RocksDB 10.5.1, db/version_edit.cc, EncodeTo: { tag: varint, value }...; a new table (103) is level,
// number, size, smallest and largest key, two sequence numbers, then { tag, length, bytes }... up to tag 1.
// A tag below 64 that RocksDB does not know is passed over. Tables stand before all tags left out here.

import b4a from 'b4a'
import { crc32c, mask, unmask } from '../wal/crc32c.ts'
import { BLOCK_BYTES, readUint32 } from '../wal/log-scanner.ts'

const HEADER_BYTES = 7
const FULL = 1
const FIRST = 2
const MIDDLE = 3
const LAST = 4

const WITH_BYTES = new Set([1, 8193])
const WITH_NUMBER = new Set([2, 3, 4, 9, 10, 203])
const COMPACT_CURSOR = 5
const DELETED_TABLE = 6
const NEW_TABLE = 103
const UNIQUE_ID = 12
const UNKNOWN = 63
const END = 1

/** The same index, as far as it is whole, without the unique ids of tables. */
export function forgetTableIds(manifest: Uint8Array): Uint8Array {
  const records = recordsOf(manifest)
  for (const record of records) forgetIds(record)
  return encodeRecords(records)
}

function forgetIds(edit: Uint8Array): void {
  const reader = new EditReader(edit)
  while (!reader.ended) {
    const tag = reader.number()
    if (WITH_BYTES.has(tag)) reader.bytes()
    else if (WITH_NUMBER.has(tag)) reader.number()
    else if (tag === COMPACT_CURSOR) reader.skip(1, 1)
    else if (tag === DELETED_TABLE) reader.skip(2, 0)
    else if (tag === NEW_TABLE) forgetIdOf(edit, reader)
    else return
  }
}

function forgetIdOf(edit: Uint8Array, reader: EditReader): void {
  reader.skip(3, 2)
  reader.skip(2, 0)
  while (!reader.ended) {
    const { at } = reader
    const tag = reader.number()
    if (tag === END) return
    if (tag === UNIQUE_ID) edit[at] = UNKNOWN
    reader.bytes()
  }
}

class EditReader {
  at = 0
  readonly #bytes: Uint8Array

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
  }

  get ended(): boolean {
    return this.at >= this.#bytes.byteLength
  }

  number(): number {
    let value = 0
    for (let scale = 1; !this.ended; scale *= 128) {
      const byte = this.#bytes[this.at++]!
      value += (byte & 127) * scale
      if (byte < 128) break
    }
    return value
  }

  bytes(): void {
    const length = this.number() // moves on itself: not to be added to where it began
    this.at += length
  }

  skip(numbers: number, byteStrings: number): void {
    for (let i = 0; i < numbers; i++) this.number()
    for (let i = 0; i < byteStrings; i++) this.bytes()
  }
}

/** The whole records up to the first damage, copied. */
function recordsOf(log: Uint8Array): Uint8Array[] {
  const records: Uint8Array[] = []
  let parts: Uint8Array[] = []
  for (let at = 0; at + HEADER_BYTES <= log.byteLength;) {
    const room = BLOCK_BYTES - (at % BLOCK_BYTES)
    if (room < HEADER_BYTES) {
      at += room
      continue
    }
    const type = log[at + 6]!
    const end = at + HEADER_BYTES + (log[at + 4]! | (log[at + 5]! << 8))
    if (type < FULL || type > LAST || end > log.byteLength) break
    if (unmask(readUint32(log, at)) !== crc32c(log, at + 6, end)) break
    if (type === FULL || type === FIRST) parts = []
    parts.push(log.subarray(at + HEADER_BYTES, end))
    if (type === FULL || type === LAST) records.push(b4a.concat(parts))
    at = end
  }
  return records
}

function encodeRecords(records: Uint8Array[]): Uint8Array {
  const parts: Uint8Array[] = []
  let at = 0
  const put = (bytes: Uint8Array): void => {
    parts.push(bytes)
    at += bytes.byteLength
  }
  for (const record of records) {
    for (let done = 0; done < record.byteLength || done === 0;) {
      const room = BLOCK_BYTES - (at % BLOCK_BYTES)
      if (room < HEADER_BYTES) {
        put(b4a.alloc(room))
        continue
      }
      const payload = record.subarray(done, done + room - HEADER_BYTES)
      const isFirst = done === 0
      done += payload.byteLength
      put(fragment(typeOf(isFirst, done === record.byteLength), payload))
      if (record.byteLength === 0) break
    }
  }
  return b4a.concat(parts)
}

function typeOf(isFirst: boolean, isLast: boolean): number {
  if (isFirst) return isLast ? FULL : FIRST
  return isLast ? LAST : MIDDLE
}

function fragment(type: number, payload: Uint8Array): Uint8Array {
  const bytes = b4a.concat([b4a.alloc(HEADER_BYTES), payload])
  bytes[4] = payload.byteLength & 255
  bytes[5] = payload.byteLength >>> 8
  bytes[6] = type
  const crc = mask(crc32c(bytes, 6))
  for (let i = 0; i < 4; i++) bytes[i] = (crc >>> (8 * i)) & 255
  return bytes
}
