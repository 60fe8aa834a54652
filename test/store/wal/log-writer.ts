// Writes and takes apart RocksDB log files, so that tests can build any log, sound or not.

import b4a from 'b4a'
import { crc32c, mask } from '../../../core/store/wal/crc32c.ts'

export { mask }

const BLOCK_BYTES = 32768
const HEADER_BYTES = 7

/** One record of `count` writes from number `sequence` on, filled up to `bytes`. */
export function batch(sequence: number, count: number, bytes = 100): Uint8Array {
  const record = b4a.alloc(bytes, sequence & 255)
  const view = new DataView(record.buffer, record.byteOffset)
  view.setBigUint64(0, BigInt(sequence), true)
  view.setUint32(8, count, true)
  return record
}

/** `records` as a log file, each cut into the fragments that its blocks leave room for. */
export function encodeLog(records: Uint8Array[]): Uint8Array {
  const parts: Uint8Array[] = []
  let at = 0
  const put = (bytes: Uint8Array) => {
    parts.push(bytes)
    at += bytes.byteLength
  }
  for (const record of records) {
    let rest = record
    for (let first = true; first || rest.byteLength > 0; first = false) {
      const room = BLOCK_BYTES - (at % BLOCK_BYTES)
      if (room < HEADER_BYTES) put(b4a.alloc(room))
      const space = BLOCK_BYTES - (at % BLOCK_BYTES) - HEADER_BYTES
      const payload = rest.subarray(0, space)
      rest = rest.subarray(payload.byteLength)
      const last = rest.byteLength === 0
      put(fragment(first ? (last ? 1 : 2) : last ? 4 : 3, payload))
    }
  }
  return b4a.concat(parts)
}

/** One fragment with a true checksum. */
export function fragment(type: number, payload: Uint8Array): Uint8Array {
  const bytes = b4a.alloc(HEADER_BYTES + payload.byteLength)
  bytes.set(payload, HEADER_BYTES)
  const view = new DataView(bytes.buffer, bytes.byteOffset)
  view.setUint16(4, payload.byteLength, true)
  bytes[6] = type
  view.setUint32(0, mask(crc32c(bytes, 6)), true)
  return bytes
}

/** The records of a sound log. */
export function decodeLog(log: Uint8Array): Uint8Array[] {
  const records: Uint8Array[] = []
  let parts: Uint8Array[] = []
  for (let at = 0; at + HEADER_BYTES <= log.byteLength;) {
    const room = BLOCK_BYTES - (at % BLOCK_BYTES)
    if (room < HEADER_BYTES) {
      at += room
      continue
    }
    const length = log[at + 4]! | (log[at + 5]! << 8)
    const type = log[at + 6]!
    parts.push(log.subarray(at + HEADER_BYTES, at + HEADER_BYTES + length))
    at += HEADER_BYTES + length
    if (type === 2 || type === 3) continue
    records.push(b4a.concat(parts))
    parts = []
  }
  return records
}
