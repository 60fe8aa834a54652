// One LZ4 block, read without knowing where it ends: the length of what comes out says so. RocksDB
// compresses the blocks of its tables with it; a table that has lost its index does not say how long they are.
// Must never: write, or read beyond what it is given.
//
// LZ4 block format (lz4_Block_format.md): { token: high nibble literals, low nibble match - 4; more literal
// length in bytes of 255 and a last one; the literals; distance: u16 le; more match length }, and the last
// sequence ends with its literals.

const MIN_MATCH = 4
const NIBBLE = 15

/**
 * Fills `out` from `bytes` at `start`.
 * @param begins sees the first literals; false where this can be no block
 * @returns where the block ends in `bytes`, or -1 where there is none
 */
export function readLz4(
  bytes: Uint8Array,
  start: number,
  out: Uint8Array,
  begins: (head: Uint8Array) => boolean
): number {
  let at = start
  let to = 0
  /** A length that began in a nibble. */
  const length = (nibble: number): number => {
    let sum = nibble
    if (nibble < NIBBLE) return sum
    for (;;) {
      const more = bytes[at++] ?? 0
      sum += more
      if (more < 255) return sum
    }
  }
  while (at < bytes.byteLength) {
    const token = bytes[at++]!
    const literals = length(token >> 4)
    if (at + literals > bytes.byteLength || to + literals > out.byteLength) return -1
    out.set(bytes.subarray(at, at + literals), to)
    at += literals
    if (to === 0 && !begins(out.subarray(0, literals))) return -1
    to += literals
    if (to === out.byteLength) return at
    const distance = bytes[at]! | (bytes[at + 1]! << 8)
    at += 2
    const match = length(token & NIBBLE) + MIN_MATCH
    if (distance === 0 || distance > to || to + match >= out.byteLength) return -1
    for (const end = to + match; to < end; to++) out[to] = out[to - distance]!
  }
  return -1
}
