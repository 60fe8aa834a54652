// CRC-32 as zip has it (ISO 3309: polynomial 0xedb88320, reflected), piece by piece.

const TABLE = Int32Array.from({ length: 256 }, (_, byte) => {
  let value = byte
  for (let bit = 0; bit < 8; bit++) value = (value >>> 1) ^ (value & 1 ? 0xedb88320 : 0)
  return value
})

/** @param before of all before these bytes; 0 at the beginning @returns 32 bits, unsigned */
export function crc32(bytes: Uint8Array, before = 0): number {
  let state = ~before
  for (let i = 0; i < bytes.length; i++) state = (state >>> 8) ^ TABLE[(state ^ bytes[i]!) & 255]!
  return ~state >>> 0
}
