// Boxes of ISO 14496-12: a length, four letters, what is in it. Bytes and nothing else.

export type Part = Uint8Array | number[] | Part[]

/** A box around its parts. */
export function box(type: string, ...parts: Part[]): Uint8Array {
  const flat = parts.flatMap(bytesOf)
  const length = flat.reduce((sum, part) => sum + part.byteLength, 8)
  const bytes = new Uint8Array(length)
  bytes.set([...u32(length), ...letters(type)])
  let at = 8
  for (const part of flat) {
    bytes.set(part, at)
    at += part.byteLength
  }
  return bytes
}

/** A box that says its version and flags first. */
export function fullBox(
  type: string,
  { version = 0, flags = 0 }: { version?: number; flags?: number },
  ...parts: Part[]
): Uint8Array {
  return box(type, u32(version * 0x1000000 + flags), ...parts)
}

export function u16(value: number): number[] {
  return [(value >> 8) & 255, value & 255]
}

export function u32(value: number): number[] {
  return [(value >>> 24) & 255, (value >>> 16) & 255, (value >>> 8) & 255, value & 255]
}

/** Up to 2^53. */
export function u64(value: number): number[] {
  return [...u32(Math.floor(value / 0x100000000)), ...u32(value % 0x100000000)]
}

/** ASCII. */
export function letters(text: string): number[] {
  return [...text].map((letter) => letter.charCodeAt(0))
}

export function zeros(count: number): number[] {
  return new Array<number>(count).fill(0)
}

function bytesOf(part: Part): Uint8Array[] {
  if (part instanceof Uint8Array) return [part]
  if (part.every((each) => typeof each === 'number')) return [Uint8Array.from(part)]
  return (part as Part[]).flatMap(bytesOf)
}
