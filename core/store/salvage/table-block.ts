// One block of a RocksDB table, told by its form alone: where it ends, and its first and last key. No
// checksum is asked, since what comes out is proven by the author's signature before it counts.
// Must never: take for a block what RocksDB could not walk through.
//
// RocksDB 10.5.1, table/block_based/block.cc: entries { shared: varint; unshared: varint; value length:
// varint; key bytes; value }, each key beginning with `shared` bytes of the one before; then the places
// of entries that share nothing, u32 le each, the first of them 0, and how many there are.

import b4a from 'b4a'
import { readUint32, readVarint } from '../rocksdb/numbers.ts'

/** A number and a type follow each key, 8 bytes. */
const NUMBER_BYTES = 8
/** Deletion, value, single deletion, and a value in a blob file. */
const TYPES = new Set([0, 1, 7, 17])
/** The first byte of all keys of hypercore-storage (lib/keys.js, TL_HEAD to TL_GROUP). */
const MAX_KIND = 6
const MAX_KEY_BYTES = 4096
/** In a row, in order, and of our kinds: chance has no part in it. */
const FEWEST_ENTRIES = 3

export interface TableBlock {
  /** Of `bytes`, the first that is not of the block; where it is cut short, not of its last whole entry. */
  end: number
  firstKey: Uint8Array
  lastKey: Uint8Array
}

/** @returns null where no whole block begins at `start` */
export function readBlock(bytes: Uint8Array, start: number): TableBlock | null {
  const walked = walk(bytes, start)
  return walked.isWhole ? walked.block : null
}

/** The entries from `start` to the first that is damaged; null where there are too few to be sure of them. */
export function readPart(bytes: Uint8Array, start: number): TableBlock | null {
  const { entries, block } = walk(bytes, start)
  return entries >= FEWEST_ENTRIES ? block : null
}

function walk(
  bytes: Uint8Array,
  start: number
): { isWhole: boolean; entries: number; block: TableBlock } {
  const restarts: number[] = []
  const none = b4a.alloc(0)
  const block: TableBlock = { end: start, firstKey: none, lastKey: none }
  for (let entries = 0; ; entries++) {
    const end = entries === 0 ? -1 : endOfRestarts(bytes, block.end, restarts)
    if (end !== -1) return { isWhole: true, entries, block: { ...block, end } }
    const entry = readEntry(bytes, block.end, block.lastKey)
    if (entry === null || (entries > 0 && !isOrdered(block.lastKey, entry.key))) {
      return { isWhole: false, entries, block }
    }
    if (entry.shared === 0) restarts.push(block.end - start)
    if (entries === 0) block.firstKey = entry.key
    block.lastKey = entry.key
    block.end = entry.end
  }
}

/** Whether a block can begin with these bytes; cheap, and wrong only where it says yes. */
export function mayBegin(head: Uint8Array): boolean {
  return head[0] === 0 && head[1]! > NUMBER_BYTES
}

/** By what the application calls the key; entries of one key may stand side by side. */
export function isOrdered(before: Uint8Array, after: Uint8Array): boolean {
  return b4a.compare(ownKey(before), ownKey(after)) <= 0
}

function ownKey(key: Uint8Array): Uint8Array {
  return key.subarray(0, key.byteLength - NUMBER_BYTES)
}

function readEntry(
  bytes: Uint8Array,
  start: number,
  before: Uint8Array
): { key: Uint8Array; shared: number; end: number } | null {
  const [shared, a] = readVarint(bytes, start)
  const [unshared, b] = readVarint(bytes, a)
  const [valueBytes, keyAt] = readVarint(bytes, b)
  const keyBytes = shared + unshared
  const end = keyAt + unshared + valueBytes
  if (!(end <= bytes.byteLength) || shared > before.byteLength) return null
  if (keyBytes <= NUMBER_BYTES || keyBytes > MAX_KEY_BYTES) return null
  const key = b4a.concat([before.subarray(0, shared), bytes.subarray(keyAt, keyAt + unshared)])
  const isOurs = key[0]! <= MAX_KIND && TYPES.has(key[keyBytes - NUMBER_BYTES]!)
  return isOurs ? { key, shared, end } : null
}

/** Where the list of restarts that begins at `start` ends, or -1 where it is none of this block. */
function endOfRestarts(bytes: Uint8Array, start: number, restarts: number[]): number {
  if (start + 8 > bytes.byteLength || readUint32(bytes, start) !== 0) return -1
  const known = new Set(restarts)
  let count = 1
  for (let at = start + 4, last = 0; at + 4 <= bytes.byteLength; at += 4, count++) {
    const place = readUint32(bytes, at)
    if (place === count) return at + 4
    if (place <= last || !known.has(place)) return -1
    last = place
  }
  return -1
}
