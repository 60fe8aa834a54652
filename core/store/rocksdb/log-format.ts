// The format of RocksDB's log files, which its write-ahead logs and its MANIFEST share.
// Must never: do I/O, or trust a length whose checksum does not hold.
//
// RocksDB 10.5.1, db/log_format.h and db/log_writer.cc: the file is a row of 32 KiB blocks. A
// fragment never crosses a block: { crc32c, masked: u32 le, over type and payload; length: u16 le;
// type: u8 }, then the payload. A record is one FULL fragment, or FIRST, MIDDLE..., LAST. A block's
// last 6 bytes or fewer are padding.

import b4a from 'b4a'
import { crc32c, mask, unmask } from './crc32c.ts'
import { readUint32, uint32 } from './numbers.ts'

export const BLOCK_BYTES = 32768
export const HEADER_BYTES = 7

export const FULL = 1
export const FIRST = 2
export const MIDDLE = 3
export const LAST = 4

export function typeOf(log: Uint8Array, at: number): number {
  return log[at + 6]!
}

/** True where such a fragment is of a record. */
export function isOfRecord(type: number): boolean {
  return type >= FULL && type <= LAST
}

/** Where the fragment at `at` ends, as it says itself. */
export function fragmentEnd(log: Uint8Array, at: number): number {
  return at + HEADER_BYTES + (log[at + 4]! | (log[at + 5]! << 8))
}

/** @param end of the fragment, within `log` */
export function checksumHolds(log: Uint8Array, at: number, end: number): boolean {
  return unmask(readUint32(log, at)) === crc32c(log, at + 6, end)
}

/** The whole records up to the first damage, copied. */
export function recordsOf(log: Uint8Array): Uint8Array[] {
  const records: Uint8Array[] = []
  let parts: Uint8Array[] = []
  for (let at = 0; at + HEADER_BYTES <= log.byteLength;) {
    const room = roomAt(at)
    if (room < HEADER_BYTES) {
      at += room
      continue
    }
    const [type, end] = [typeOf(log, at), fragmentEnd(log, at)]
    if (!isOfRecord(type) || end > log.byteLength || !checksumHolds(log, at, end)) break
    if (type === FULL || type === FIRST) parts = []
    parts.push(log.subarray(at + HEADER_BYTES, end))
    if (type === FULL || type === LAST) records.push(b4a.concat(parts))
    at = end
  }
  return records
}

/** `records` as a log file, each cut into the fragments that its blocks leave room for. */
export function encodeRecords(records: Uint8Array[]): Uint8Array {
  const parts: Uint8Array[] = []
  let at = 0
  const put = (bytes: Uint8Array): void => {
    parts.push(bytes)
    at += bytes.byteLength
  }
  for (const record of records) {
    let rest = record
    for (let isFirst = true; isFirst || rest.byteLength > 0; isFirst = false) {
      if (roomAt(at) < HEADER_BYTES) put(b4a.alloc(roomAt(at)))
      const payload = rest.subarray(0, roomAt(at) - HEADER_BYTES)
      rest = rest.subarray(payload.byteLength)
      const isLast = rest.byteLength === 0
      put(fragment(isFirst ? (isLast ? FULL : FIRST) : isLast ? LAST : MIDDLE, payload))
    }
  }
  return b4a.concat(parts)
}

/** One fragment with a true checksum. */
export function fragment(type: number, payload: Uint8Array): Uint8Array {
  const length = payload.byteLength
  const checked = b4a.concat([b4a.from([type]), payload])
  return b4a.concat([
    uint32(mask(crc32c(checked))),
    b4a.from([length & 255, length >>> 8]),
    checked
  ])
}

/** Bytes left in the block that `at` is in. */
function roomAt(at: number): number {
  return BLOCK_BYTES - (at % BLOCK_BYTES)
}
