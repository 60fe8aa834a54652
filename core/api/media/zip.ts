// Files as one zip (PKWARE APPNOTE 6.3.10), stored and not packed: films do not pack, and what is stored can
// be sent while it is read. ZIP64 where a number does not fit. Each file is read twice, first for its
// checksum: that stands before the file, where readers that take a zip as it comes want it.
// Must never: hold a file in memory.

import b4a from 'b4a'
import { crc32 } from './crc32.ts'

export interface ZipEntry {
  /** With `/` between folders. */
  name: string
  bytes: number
  /** The same each time it is asked. */
  read: () => AsyncIterable<Uint8Array>
}

/** Above these a number stands in a ZIP64 field. For tests; @default as large as there is room for */
export interface ZipLimits {
  size: number
  files: number
}

const LIMITS: ZipLimits = { size: 0xfffffffe, files: 0xfffe }
const [NOT_HERE_2, NOT_HERE_4] = [0xffff, 0xffffffff]
/** A reader must know ZIP64, and nothing later. */
const VERSION = 45
const MADE_ON_UNIX = (3 << 8) | VERSION
const UTF8_NAMES = 1 << 11
const FILE_0644 = (0o100644 << 16) >>> 0

interface Stored {
  name: Uint8Array
  bytes: number
  crc: number
  /** Where its header begins. */
  offset: number
}

/** How many bytes `zipOf` gives. */
export function zipBytes(entries: readonly ZipEntry[], limits: ZipLimits = LIMITS): number {
  let [offset, listed] = [0, 0]
  for (const { name, bytes } of entries) {
    const file = { name: b4a.from(name), bytes, crc: 0, offset }
    offset += fileHeader(file, 0, limits).byteLength + bytes
    listed += listHeader(file, 0, limits).byteLength
  }
  return offset + listed + endOf(entries.length, offset, listed, limits).byteLength
}

/** @param atMs the date of every file @throws where a file is not as long as was said */
export async function* zipOf(
  entries: readonly ZipEntry[],
  atMs: number,
  limits: ZipLimits = LIMITS
): AsyncGenerator<Uint8Array> {
  const files: Stored[] = []
  let offset = 0
  for (const entry of entries) {
    let crc = 0
    for await (const piece of wholly(entry)) crc = crc32(piece, crc)
    const file = { name: b4a.from(entry.name), bytes: entry.bytes, crc, offset }
    const header = fileHeader(file, atMs, limits)
    yield header
    yield* wholly(entry)
    files.push(file)
    offset += header.byteLength + entry.bytes
  }
  const list = b4a.concat(files.map((file) => listHeader(file, atMs, limits)))
  yield list
  yield endOf(files.length, offset, list.byteLength, limits)
}

async function* wholly({ name, bytes, read }: ZipEntry): AsyncGenerator<Uint8Array> {
  let left = bytes
  for await (const piece of read()) {
    left -= piece.byteLength
    if (left >= 0) yield piece
  }
  if (left !== 0) throw new Error(`${name} was changed while it was read`)
}

/** Before the bytes of a file. */
function fileHeader(file: Stored, atMs: number, { size }: ZipLimits): Uint8Array {
  const isLarge = file.bytes > size
  const extra = zip64(isLarge ? [file.bytes, file.bytes] : [])
  const head = [...int(0x04034b50, 4), ...int(VERSION, 2), ...common(file, atMs, isLarge)]
  return b4a.concat([b4a.from([...head, ...int(extra.length, 2)]), file.name, b4a.from(extra)])
}

/** Its line in the list at the end. */
function listHeader(file: Stored, atMs: number, { size }: ZipLimits): Uint8Array {
  const [isLarge, isFar] = [file.bytes > size, file.offset > size]
  const extra = zip64([
    ...(isLarge ? [file.bytes, file.bytes] : []),
    ...(isFar ? [file.offset] : [])
  ])
  const head = [...int(0x02014b50, 4), ...int(MADE_ON_UNIX, 2), ...int(VERSION, 2)]
  const where = [...int(0, 6), ...int(FILE_0644, 4), ...int(isFar ? NOT_HERE_4 : file.offset, 4)]
  const named = [...common(file, atMs, isLarge), ...int(extra.length, 2), ...where]
  return b4a.concat([b4a.from([...head, ...named]), file.name, b4a.from(extra)])
}

/** @param offset where the list begins @param bytes how long it is */
function endOf(count: number, offset: number, bytes: number, limits: ZipLimits): Uint8Array {
  const wide = [...int(count, 8), ...int(count, 8), ...int(bytes, 8), ...int(offset, 8)]
  const made = [...int(MADE_ON_UNIX, 2), ...int(VERSION, 2), ...int(0, 8)]
  const end64 = [...int(0x06064b50, 4), ...int(44, 8), ...made, ...wide]
  const locator = [...int(0x07064b50, 4), ...int(0, 4), ...int(offset + bytes, 8), ...int(1, 4)]
  const [isMany, isLarge] = [count > limits.files, Math.max(offset, bytes) > limits.size]
  const files = int(isMany ? NOT_HERE_2 : count, 2)
  const place = isLarge ? int(-1, 8) : [...int(bytes, 4), ...int(offset, 4)]
  const end = [...int(0x06054b50, 4), ...int(0, 4), ...files, ...files, ...place, ...int(0, 2)]
  return b4a.from(isMany || isLarge ? [...end64, ...locator, ...end] : end)
}

/** What both headers say of a file, up to how long its name is. */
function common({ name, bytes, crc }: Stored, atMs: number, isLarge: boolean): number[] {
  const size = int(isLarge ? NOT_HERE_4 : bytes, 4)
  const flags = [...int(UTF8_NAMES, 2), ...int(0, 2), ...dosTime(atMs)]
  return [...flags, ...int(crc, 4), ...size, ...size, ...int(name.byteLength, 2)]
}

function zip64(values: number[]): number[] {
  const head = [...int(1, 2), ...int(values.length * 8, 2)]
  return values.length === 0 ? [] : [...head, ...values.flatMap((value) => int(value, 8))]
}

/** UTC, in steps of two seconds, from 1980 on. */
function dosTime(atMs: number): number[] {
  const at = new Date(Math.max(atMs, Date.UTC(1980)))
  const time = (at.getUTCHours() << 11) | (at.getUTCMinutes() << 5) | (at.getUTCSeconds() >> 1)
  const month = (at.getUTCFullYear() - 1980) * 16 + at.getUTCMonth() + 1
  return [...int(time, 2), ...int(month * 32 + at.getUTCDate(), 2)]
}

/** Little-endian; all ones for -1. */
function int(value: number, bytes: number): number[] {
  return Array.from({ length: bytes }, (_, i) => Math.floor(value / 256 ** i) & 255)
}
