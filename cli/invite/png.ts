// A picture of a QR code as PNG (RFC 2083): one bit a pixel, the rows stored as they are. The `qr`
// package writes no PNG, and a compressor for two hundred kilobytes would be one more dependency.

import b4a from 'b4a'
import { withQuietZone } from './qr-code.ts'
import type { Dots } from './qr-code.ts'

const SIGNATURE = [137, 80, 78, 71, 13, 10, 26, 10]
const MAX_STORED = 65535
/** Across, at least: sharp on a projector and on a sheet of paper. */
const MIN_PIXELS = 1200

export function pngOf(dots: Dots): Uint8Array {
  const framed = withQuietZone(dots)
  const scale = Math.ceil(MIN_PIXELS / framed.length)
  const size = framed.length * scale
  const header = b4a.concat([u32(size), u32(size), b4a.from([1, 0, 0, 0, 0])]) // 1 bit, greyscale
  return b4a.concat([
    b4a.from(SIGNATURE),
    chunk('IHDR', header),
    chunk('IDAT', stored(rowsOf(framed, scale))),
    chunk('IEND', b4a.alloc(0))
  ])
}

/** Each row: filter type 0, then a bit for each pixel, 1 for white. */
function rowsOf(dots: Dots, scale: number): Uint8Array {
  const rowBytes = 1 + Math.ceil((dots.length * scale) / 8)
  const rows = b4a.alloc(rowBytes * dots.length * scale)
  dots.forEach((row, y) => {
    const line = rows.subarray(y * scale * rowBytes, (y * scale + 1) * rowBytes)
    for (let x = 0; x < dots.length * scale; x++) {
      if (!row[Math.floor(x / scale)]) line[1 + (x >> 3)]! |= 0x80 >> (x & 7)
    }
    for (let copy = 1; copy < scale; copy++) rows.set(line, (y * scale + copy) * rowBytes)
  })
  return rows
}

/** A zlib stream (RFC 1950) of stored blocks (RFC 1951, 3.2.4). */
function stored(data: Uint8Array): Uint8Array {
  const parts: Uint8Array[] = [b4a.from([0x78, 0x01])]
  for (let at = 0; at < data.byteLength; at += MAX_STORED) {
    const block = data.subarray(at, at + MAX_STORED)
    const length = block.byteLength
    const isLast = at + length === data.byteLength ? 1 : 0
    const [low, high] = [length & 0xff, length >> 8]
    parts.push(b4a.from([isLast, low, high, ~low & 0xff, ~high & 0xff]), block)
  }
  parts.push(u32(adler32(data)))
  return b4a.concat(parts)
}

function chunk(type: string, data: Uint8Array): Uint8Array {
  const body = b4a.concat([b4a.from(type), data])
  return b4a.concat([u32(data.byteLength), body, u32(crc32(body))])
}

function u32(n: number): Uint8Array {
  return b4a.from([n >>> 24, (n >>> 16) & 0xff, (n >>> 8) & 0xff, n & 0xff])
}

function adler32(data: Uint8Array): number {
  let a = 1
  let b = 0
  for (const byte of data) {
    a = (a + byte) % 65521
    b = (b + a) % 65521
  }
  return ((b << 16) | a) >>> 0
}

const CRC_TABLE = Array.from({ length: 256 }, (_, n) => {
  for (let bit = 0; bit < 8; bit++) n = n & 1 ? 0xedb88320 ^ (n >>> 1) : n >>> 1
  return n >>> 0
})

/** CRC-32 of ISO 3309, as PNG and zip use it. */
export function crc32(data: Uint8Array): number {
  let crc = 0xffffffff
  for (const byte of data) crc = CRC_TABLE[(crc ^ byte) & 0xff]! ^ (crc >>> 8)
  return (crc ^ 0xffffffff) >>> 0
}
