// CRC-32C (Castagnoli), the checksum of RocksDB's log files, eight bytes a step.
// Owns: the checksum and RocksDB's masking of it. Must never be used where an attacker may choose
// the bytes: it finds accidents, not forgeries.
//
// Polynomial 0x1EDC6F41 reflected; "slicing by 8" after Kounavis and Berry, 2005. A table of 2,048
// words keeps Node and Bare above 200 MB/s without a native module.

const POLYNOMIAL = 0x82f63b78
const TABLE = buildTable()

/** The CRC-32C of `bytes[start, end)` as an unsigned 32-bit number. */
export function crc32c(bytes: Uint8Array, start = 0, end = bytes.byteLength): number {
  const t = TABLE
  let crc = -1
  let i = start
  for (const whole = end - 7; i < whole; i += 8) {
    const a =
      crc ^ (bytes[i]! | (bytes[i + 1]! << 8) | (bytes[i + 2]! << 16) | (bytes[i + 3]! << 24))
    crc =
      t[1792 + (a & 255)]! ^
      t[1536 + ((a >>> 8) & 255)]! ^
      t[1280 + ((a >>> 16) & 255)]! ^
      t[1024 + (a >>> 24)]! ^
      t[768 + bytes[i + 4]!]! ^
      t[512 + bytes[i + 5]!]! ^
      t[256 + bytes[i + 6]!]! ^
      t[bytes[i + 7]!]!
  }
  for (; i < end; i++) crc = t[(crc ^ bytes[i]!) & 255]! ^ (crc >>> 8)
  return ~crc >>> 0
}

/** RocksDB stores a rotated, shifted CRC, since a CRC over data that holds CRCs is a poor one. */
export function unmask(masked: number): number {
  const rotated = (masked - 0xa282ead8) >>> 0
  return ((rotated >>> 17) | (rotated << 15)) >>> 0
}

export function mask(crc: number): number {
  return (((crc >>> 15) | (crc << 17)) + 0xa282ead8) >>> 0
}

// Row k of the table is the CRC of a byte followed by k zero bytes.
function buildTable(): Int32Array {
  const table = new Int32Array(8 * 256)
  for (let byte = 0; byte < 256; byte++) {
    let crc = byte
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ POLYNOMIAL : crc >>> 1
    table[byte] = crc
  }
  for (let i = 256; i < table.length; i++) {
    const shorter = table[i - 256]!
    table[i] = table[shorter & 255]! ^ (shorter >>> 8)
  }
  return table
}
