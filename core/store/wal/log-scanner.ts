// Reads a RocksDB log file (store/rocksdb/log-format.ts) block by block. Owns: telling whole records from a
// torn tail and from damage. Must never: do I/O, or trust a length whose checksum does not hold.
//
// Types 5-8, 11 and 131 carry a log number and mean a recycled file (RocksDB 10.5.1, db/log_reader.cc);
// recycling is off in rocksdb-native (recycle_log_file_num 0), so here they are damage, and the worst
// kind: after a first record Reader::ReadPhysicalRecord answers kBadRecord to such a header without
// stepping over it, before any checksum, so that opening the store never ends.

import { BLOCK_BYTES, FIRST, FULL, HEADER_BYTES, MIDDLE } from '../rocksdb/log-format.ts'
import { checksumHolds, fragmentEnd, isOfRecord, typeOf } from '../rocksdb/log-format.ts'

const HEAD_BYTES = 256
// Written on their own, between records: compression, timestamp sizes, the predecessor's size.
const NOTES = new Set([9, 10, 130])

export interface LogScan {
  bytes: number
  /** Where the last whole record before any damage ends. */
  validBytes: number
  /** Whole records up to there. */
  records: number
  /** Whole records after the damage: at least so many are lost with it. */
  recordsLost: number
  /**
   * `sound`: whole records to the end. `torn-tail`: then part of one more record, or zeros, as a
   * killed writer leaves. `damaged`: anything else.
   */
  state: 'sound' | 'torn-tail' | 'damaged'
}

/** Sees the first 256 bytes of each whole record; says whether it follows from the one before. */
export type AcceptRecord = (head: Uint8Array) => boolean

export class LogScanner {
  readonly scan: LogScan = { bytes: 0, validBytes: 0, records: 0, recordsLost: 0, state: 'sound' }
  #accept: AcceptRecord
  #head = new Uint8Array(HEAD_BYTES)
  #headBytes = 0
  #recordBytes = -1 // payload so far of the record begun, or -1 between records

  constructor(accept: AcceptRecord) {
    this.#accept = accept
  }

  /** Takes the next block: 32 KiB, or less where the file ends. */
  push(block: Uint8Array): void {
    const start = this.scan.bytes
    this.scan.bytes += block.byteLength
    if (this.scan.state === 'torn-tail') {
      if (allZero(block, 0)) return
      this.#damage()
    }
    let at = 0
    while (at + HEADER_BYTES <= block.byteLength) {
      const size = this.#readFragment(block, at)
      if (size === 0) return
      at += size
      if (this.#recordBytes === -1 && this.scan.state === 'sound') this.scan.validBytes = start + at
    }
    if (at < block.byteLength && block.byteLength < BLOCK_BYTES) this.#tear()
  }

  /** To be called once, after the last block. */
  end(): LogScan {
    if (this.#recordBytes !== -1) this.#tear()
    return this.scan
  }

  // The fragment's size, or 0 where the rest of the block has to be skipped, as RocksDB does: a
  // length that cannot be trusted does not say where the next fragment begins.
  #readFragment(block: Uint8Array, at: number): number {
    const type = typeOf(block, at)
    const end = fragmentEnd(block, at)
    if (end > block.byteLength) return this.#readCutFragment(block, at)
    if (type === 0 && allZero(block, at)) return this.#tear()
    if (!checksumHolds(block, at, end)) return this.#damage()
    if (!this.#take(type, block.subarray(at + HEADER_BYTES, end))) return this.#damage()
    return end - at
  }

  // Only the end of the file cuts a fragment. If whole ones follow, it is its length that is wrong.
  #readCutFragment(block: Uint8Array, at: number): 0 {
    if (block.byteLength === BLOCK_BYTES || !looksLikeFragment(block, at)) return this.#damage()
    return holdsFragment(block, at + 1) ? this.#damage() : this.#tear()
  }

  #take(type: number, payload: Uint8Array): boolean {
    if (NOTES.has(type)) return this.#recordBytes === -1
    if (!isOfRecord(type)) return false
    const begins = type === FULL || type === FIRST
    // Old writers left an empty FIRST at the end of a block: RocksDB forgives it, and so do we.
    if (begins ? this.#recordBytes > 0 : this.#recordBytes === -1) return this.#stray(begins)
    if (begins) this.#begin()
    this.#append(payload)
    return type === FIRST || type === MIDDLE || this.#finish()
  }

  // Beyond damage, fragments of a record whose beginning is lost are expected.
  #stray(begins: boolean): boolean {
    return this.scan.state === 'damaged' && !begins
  }

  #begin(): void {
    this.#headBytes = 0
    this.#recordBytes = 0
  }

  #append(payload: Uint8Array): void {
    const part = payload.subarray(0, HEAD_BYTES - this.#headBytes)
    this.#head.set(part, this.#headBytes)
    this.#headBytes += part.byteLength
    this.#recordBytes += payload.byteLength
  }

  #finish(): boolean {
    this.#recordBytes = -1
    if (this.scan.state === 'damaged') this.scan.recordsLost++
    else if (!this.#accept(this.#head.subarray(0, this.#headBytes))) return this.#refuse()
    else this.scan.records++
    return true
  }

  #refuse(): boolean {
    this.scan.recordsLost++
    this.scan.state = 'damaged'
    return true
  }

  #tear(): 0 {
    if (this.scan.state === 'sound') this.scan.state = 'torn-tail'
    this.#recordBytes = -1
    return 0
  }

  #damage(): 0 {
    this.scan.state = 'damaged'
    this.#recordBytes = -1
    return 0
  }
}

// By its type, and as no fragment crosses a block.
function looksLikeFragment(block: Uint8Array, at: number): boolean {
  return isOfRecord(typeOf(block, at)) && fragmentEnd(block, at) <= BLOCK_BYTES
}

function holdsFragment(block: Uint8Array, from: number): boolean {
  for (let at = from; at + HEADER_BYTES <= block.byteLength; at++) {
    const end = fragmentEnd(block, at)
    if (end > block.byteLength || !looksLikeFragment(block, at)) continue
    if (checksumHolds(block, at, end)) return true
  }
  return false
}

function allZero(bytes: Uint8Array, start: number): boolean {
  for (let i = start; i < bytes.byteLength; i++) if (bytes[i] !== 0) return false
  return true
}
