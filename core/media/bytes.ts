// Big-endian numbers and text out of untrusted bytes. Every read is checked: a field that is not
// there is damage, never undefined or NaN.

import { TemoinError } from '../errors.ts'

/** Damage as the parsers see it; the splitter adds where it is. */
export function damaged(reason: string): TemoinError {
  return new TemoinError('MEDIA_DAMAGED', reason)
}

/** Unsigned number of 1 to 8 bytes; above 2^53 it is damage, since no real file reaches that. */
export function uint(bytes: Uint8Array, offset: number, length: number): number {
  if (offset + length > bytes.byteLength) throw damaged('a field is cut short')
  let value = 0
  for (let i = offset; i < offset + length; i++) value = value * 256 + bytes[i]!
  if (!Number.isSafeInteger(value)) throw damaged('a number is impossibly large')
  return value
}

export function u16(bytes: Uint8Array, offset: number): number {
  return uint(bytes, offset, 2)
}

export function u32(bytes: Uint8Array, offset: number): number {
  return uint(bytes, offset, 4)
}

export function u64(bytes: Uint8Array, offset: number): number {
  return uint(bytes, offset, 8)
}

export function i16(bytes: Uint8Array, offset: number): number {
  return (u16(bytes, offset) << 16) >> 16
}

export function i32(bytes: Uint8Array, offset: number): number {
  return u32(bytes, offset) | 0
}

/** One character per byte; codes of boxes and codecs, never free text. */
export function latin1(bytes: Uint8Array, offset = 0, length = bytes.byteLength - offset): string {
  let text = ''
  const end = Math.min(offset + length, bytes.byteLength)
  for (let i = offset; i < end; i++) text += String.fromCharCode(bytes[i]!)
  return text
}

/** At least two hex digits, as codec strings write them. */
export function hex(value: number): string {
  return value.toString(16).padStart(2, '0')
}
