// A structure of core/encoding with values that exercise it, and what such values are made of.

import b4a from 'b4a'
import { decode, encode } from '../../../../core/encoding/wire.ts'
import type { Codec } from '../../../../core/encoding/wire.ts'

export interface Coded {
  name: string
  /** Absent where it is no codec of the wire, as an invite's text. */
  codec?: Codec<any>
  encode(value: any): Uint8Array
  decode(bytes: Uint8Array): unknown
  samples: unknown[]
}

/** `length` bytes that are all `n`: readable in a vector, and never another field's. */
export function fill(n: number, length = 32): Uint8Array {
  return b4a.alloc(length, n)
}

export const AT_MS = 1_790_000_000_000
export const LARGEST = Number.MAX_SAFE_INTEGER

/** A codec and its samples: the smallest, and one with every field in use. */
export function of(name: string, codec: Codec<any>, ...samples: unknown[]): Coded {
  return {
    name,
    codec,
    encode: (value) => encode(codec, value),
    decode: (bytes) => decode(codec, bytes, name),
    samples
  }
}
