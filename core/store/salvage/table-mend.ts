// Makes a damaged RocksDB table one that RocksDB opens: all blocks that can be walked through stay where
// they are, in order, under a new index and footer that ask for no checksum. So one bad byte costs at most
// its block, or the one value it is in. The size stays, since the database's index knows it.
// Must never: be done to the only copy, or be the last check of anything; whoever reads a mended table
// proves each block of a core by its author's signature.
//
// RocksDB 10.5.1, table/format.cc: each block is followed by its compression (0 none, 4 LZ4 after the
// length as a varint) and a checksum, 0 where there is none, 5 bytes in all; at the end 53 bytes { checksum
// type: u8 (0 none); metaindex and index, each offset and size as varints; zeros; version: u32 le; magic:
// u64 le }. Version 2 is the oldest that RocksDB still opens; its index has the last key of each block and
// the block's place.

import b4a from 'b4a'
import { readVarint, uint32, varint } from '../rocksdb/numbers.ts'
import { readLz4 } from './lz4.ts'
import { isOrdered, mayBegin, readBlock, readPart } from './table-block.ts'
import type { TableBlock } from './table-block.ts'

const TRAILER_BYTES = 5
const CHECKSUM_BYTES = 4
const LZ4 = 4
const NOT_COMPRESSED = 0
/** Blocks are of 8 KiB and one value more; a longer value is in a blob file. */
const MAX_BLOCK_BYTES = 65_536
const FOOTER_BYTES = 53
const VERSION_AT = 41
const FORMAT_VERSION = 2
const MAGIC = b4a.from('f7cff485b741e288', 'hex')

/** No entry; as the end of a block, one restart. */
const EMPTY_BLOCK = indexOf([])

interface FoundBlock {
  offset: number
  /** Its list of restarts is gone, and is to be written anew. */
  isPart: boolean
  /** Without its trailer. */
  size: number
  lastKey: Uint8Array
}

/**
 * @param bytes what is left of the table, perhaps nothing
 * @param size how long it has to be
 */
export function mendTable(bytes: Uint8Array, size: number): Uint8Array {
  const mended = b4a.alloc(size)
  mended.set(bytes.subarray(0, size))
  const blocks = findBlocks(mended)
  let index = indexOf(blocks)
  while (blocks.length > 0 && endOf(blocks.at(-1)!) > size - tailBytes(index)) {
    blocks.pop() // as little as a table of one block has room for a short index
    index = indexOf(blocks)
  }
  for (const block of blocks) {
    if (block.isPart) closePart(mended, block)
    mended.fill(0, endOf(block) - CHECKSUM_BYTES, endOf(block))
  }
  writeTail(mended, index)
  return mended
}

/** All that can be walked through, in the order of their keys. */
function findBlocks(bytes: Uint8Array): FoundBlock[] {
  const found: FoundBlock[] = []
  for (let at = 0; at < bytes.byteLength;) {
    const whole = blockAt(bytes, at)
    const block = whole ?? partAt(bytes, at)
    const last = found.at(-1)
    if (block === null || (last && !isOrdered(last.lastKey, block.firstKey))) at++
    else {
      const end = block.end + (whole ? 0 : EMPTY_BLOCK.byteLength)
      found.push({ offset: at, isPart: !whole, size: end - at, lastKey: b4a.from(block.lastKey) })
      at = end + TRAILER_BYTES
    }
  }
  return found
}

function blockAt(bytes: Uint8Array, at: number): TableBlock | null {
  if (mayBegin(bytes.subarray(at, at + 2))) {
    const plain = readBlock(bytes.subarray(0, at + MAX_BLOCK_BYTES), at)
    if (plain !== null && bytes[plain.end] === NOT_COMPRESSED) return plain
  }
  const [length, start] = readVarint(bytes, at)
  if (!(length > FOOTER_BYTES && length <= MAX_BLOCK_BYTES)) return null
  const out = b4a.alloc(length)
  const end = readLz4(bytes, start, out, mayBegin)
  if (end === -1 || bytes[end] !== LZ4) return null
  const block = readBlock(out, 0)
  return block?.end === length ? { ...block, end } : null
}

/** What is whole of a damaged block: it begins with an entry that shares nothing, as each sixteenth does. */
function partAt(bytes: Uint8Array, at: number): TableBlock | null {
  if (!mayBegin(bytes.subarray(at, at + 2))) return null
  const part = readPart(bytes.subarray(0, at + MAX_BLOCK_BYTES), at)
  const tail = EMPTY_BLOCK.byteLength + TRAILER_BYTES
  return part && part.end + tail <= bytes.byteLength ? part : null
}

function closePart(table: Uint8Array, block: FoundBlock): void {
  const end = endOf(block) - TRAILER_BYTES
  table.set(EMPTY_BLOCK, end - EMPTY_BLOCK.byteLength) // one restart, at its first entry
  table[end] = NOT_COMPRESSED
}

function endOf({ offset, size }: FoundBlock): number {
  return offset + size + TRAILER_BYTES
}

function tailBytes(index: Uint8Array): number {
  return index.byteLength + TRAILER_BYTES + EMPTY_BLOCK.byteLength + TRAILER_BYTES + FOOTER_BYTES
}

/** Each entry shares nothing with the one before, so that each is a restart. */
function indexOf(blocks: FoundBlock[]): Uint8Array {
  const parts: Uint8Array[] = []
  const restarts: number[] = []
  let at = 0
  for (const { offset, size, lastKey } of blocks) {
    const place = b4a.concat([varint(offset), varint(size)])
    const lengths = [varint(0), varint(lastKey.byteLength), varint(place.byteLength)]
    const entry = b4a.concat([...lengths, lastKey, place])
    parts.push(entry)
    restarts.push(at)
    at += entry.byteLength
  }
  if (restarts.length === 0) restarts.push(0)
  return b4a.concat([...parts, ...restarts.map(uint32), uint32(restarts.length)])
}

function writeTail(table: Uint8Array, index: Uint8Array): void {
  const indexAt = table.byteLength - tailBytes(index)
  const metaAt = indexAt + index.byteLength + TRAILER_BYTES
  const footerAt = table.byteLength - FOOTER_BYTES
  table.fill(0, indexAt)
  table.set(index, indexAt)
  table.set(EMPTY_BLOCK, metaAt)
  const places = [metaAt, EMPTY_BLOCK.byteLength, indexAt, index.byteLength]
  table.set(b4a.concat(places.map(varint)), footerAt + 1)
  table.set(uint32(FORMAT_VERSION), footerAt + VERSION_AT)
  table.set(MAGIC, footerAt + VERSION_AT + 4)
}
