// One record of RocksDB's index (MANIFEST): a change of which files there are.
// Must never: guess how long a value of an unknown tag is; what follows it is not read.
//
// RocksDB 10.5.1, db/version_edit.cc, EncodeTo: { tag: varint, value }...; a new table (103) is level,
// number, size, smallest and largest key, two sequence numbers, then { tag, length, bytes }... up to tag 1.
// A tag of a table that is below 64, and that RocksDB does not know, is passed over.

import { readVarint } from './numbers.ts'

const COMPARATOR = 1
const LOG_NUMBER = 2
const NEXT_FILE_NUMBER = 3
export const LAST_SEQUENCE = 4
const COMPACT_CURSOR = 5
const DELETED_TABLE = 6
const PREV_LOG_NUMBER = 9
export const MIN_LOG_NUMBER_TO_KEEP = 10
export const NEW_TABLE = 103
const MAX_COLUMN_FAMILY = 203
const DB_ID = 8193

/** The end of a table's own tags, and those of them that are of use here. */
export const TABLE_END = 1
export const TABLE_UNIQUE_ID = 12
export const TABLE_UNKNOWN = 63

/** What follows each tag: so many numbers, then so many byte strings. */
const VALUES = new Map<number, [numbers: number, byteStrings: number]>([
  [COMPARATOR, [0, 1]],
  [LOG_NUMBER, [1, 0]],
  [NEXT_FILE_NUMBER, [1, 0]],
  [LAST_SEQUENCE, [1, 0]],
  [COMPACT_CURSOR, [1, 1]],
  [DELETED_TABLE, [2, 0]],
  [PREV_LOG_NUMBER, [1, 0]],
  [MIN_LOG_NUMBER_TO_KEEP, [1, 0]],
  [MAX_COLUMN_FAMILY, [1, 0]],
  [DB_ID, [0, 1]]
])

export class EditReader {
  at = 0
  readonly #bytes: Uint8Array

  constructor(edit: Uint8Array) {
    this.#bytes = edit
  }

  get ended(): boolean {
    return this.at >= this.#bytes.byteLength
  }

  /** -1 at the end, and where the number is cut short by it. */
  number(): number {
    const [value, next] = readVarint(this.#bytes, this.at, 10)
    this.at = Number.isNaN(value) ? this.#bytes.byteLength : next
    return Number.isNaN(value) ? -1 : value
  }

  skip(numbers: number, byteStrings: number): void {
    for (let i = 0; i < numbers; i++) this.number()
    for (let i = 0; i < byteStrings; i++) {
      const length = this.number() // moves on itself: not to be added to where it began
      this.at += Math.max(0, length)
    }
  }

  /** Skips the value of `tag`; false where nobody knows how long it is. */
  pass(tag: number): boolean {
    const value = VALUES.get(tag)
    if (value !== undefined) this.skip(...value)
    return value !== undefined
  }
}
