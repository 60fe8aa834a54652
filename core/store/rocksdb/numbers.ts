// Numbers as RocksDB writes them (10.5.1, util/coding.h): fixed ones with their lowest byte first, and
// varints of seven bits a byte, the lowest first.
// Must never: read beyond what it is given.

import b4a from 'b4a'

export function readUint32(bytes: Uint8Array, at: number): number {
  return (
    (bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24)) >>> 0
  )
}

export function uint32(value: number): Uint8Array {
  return b4a.from([value & 255, (value >>> 8) & 255, (value >>> 16) & 255, value >>> 24])
}

/**
 * @param most bytes it may have: 5 where it is one of 32 bits, 10 for one of 64, which is exact below 2^53
 * @returns the number, and where the next one is; NaN where there is none
 */
export function readVarint(
  bytes: Uint8Array,
  start: number,
  most: 5 | 10 = 5
): [value: number, next: number] {
  let value = 0
  for (let at = start, scale = 1; at < start + most && at < bytes.byteLength; scale *= 128) {
    const byte = bytes[at++]!
    value += (byte & 127) * scale
    if (byte < 128) return [value, at]
  }
  return [NaN, start]
}

export function varint(value: number): Uint8Array {
  const bytes: number[] = []
  let rest = value
  for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push((rest % 128) | 128)
  return b4a.from([...bytes, rest])
}
