// The few building blocks every codec here is made of: bounded, strict, and without surprises.
// A decoder reads a whole buffer or throws BAD_ENCODING; it never returns half a structure.
// Must never: reach for keys, files or time. Bytes and nothing else.

import b4a from 'b4a'
import c from 'compact-encoding'
import type { State } from 'compact-encoding'
import { TemoinError } from '../errors.ts'

export interface Codec<T> {
  preencode(state: State, value: T): void
  encode(state: State, value: T): void
  decode(state: State): T
}

export const uint8 = c.uint8 as Codec<number>
export const fixed32 = fixed(32)
export const fixed64 = fixed(64)

/** One byte, 0 or 1. */
export const bool: Codec<boolean> = {
  preencode: (state) => void state.end++,
  encode: (state, value) => uint8.encode(state, value ? 1 : 0),
  decode(state) {
    const value = uint8.decode(state)
    if (value > 1) throw bad('a yes-or-no byte is neither 0 nor 1')
    return value === 1
  }
}

/**
 * Variable-length unsigned integer (compact-encoding uint), at most 2^53 - 1. Its one form is the
 * shortest: a value has one encoding, so what was signed can be made again from what was decoded.
 * A fraction is dropped: clocks and places have them, and they must not cost a block.
 */
export const uint: Codec<number> = {
  preencode: (state, value) => c.uint.preencode(state, whole(value)),
  encode: (state, value) => c.uint.encode(state, whole(value)),
  decode(state) {
    const start = state.start
    const value = c.uint.decode(state)
    if (state.start - start !== uintBytes(value)) throw bad('a number is not in its shortest form')
    return value
  }
}

function whole(value: number): number {
  const n = Math.floor(value)
  if (!Number.isSafeInteger(n) || n < 0) throw bad('a number is out of range')
  return n
}

function uintBytes(value: number): number {
  if (value <= 0xfc) return 1
  if (value <= 0xffff) return 3
  return value <= 0xffffffff ? 5 : 9
}

/** Signed integer, zigzag over `uint`: from -2^52 to 2^52 - 1. */
export const int: Codec<number> = {
  preencode: (state, value) => uint.preencode(state, zigzag(Math.trunc(value))),
  encode: (state, value) => uint.encode(state, zigzag(Math.trunc(value))),
  decode(state) {
    const n = uint.decode(state)
    return n % 2 === 0 ? n / 2 : -(n + 1) / 2
  }
}

function zigzag(n: number): number {
  return n < 0 ? -2 * n - 1 : 2 * n
}

/** Exactly `length` bytes, with no prefix. */
export function fixed(length: number): Codec<Uint8Array> {
  return {
    preencode(state, value) {
      if (value.byteLength !== length) throw bad('a field is not ' + length + ' bytes long')
      state.end += length
    },
    encode(state, value) {
      state.buffer!.set(value, state.start)
      state.start += length
    },
    decode: (state) => take(state, length)
  }
}

/** Length-prefixed bytes, at most `maxBytes`. */
export function bytes(maxBytes: number): Codec<Uint8Array> {
  return {
    preencode(state, value) {
      if (value.byteLength > maxBytes) throw bad('a field is longer than ' + maxBytes + ' bytes')
      c.uint.preencode(state, value.byteLength)
      state.end += value.byteLength
    },
    encode(state, value) {
      c.uint.encode(state, value.byteLength)
      state.buffer!.set(value, state.start)
      state.start += value.byteLength
    },
    decode(state) {
      return take(state, boundedLength(state, maxBytes))
    }
  }
}

/** UTF-8 text, at most `maxBytes` bytes. Half a surrogate pair is written as U+FFFD. */
export function text(maxBytes: number): Codec<string> {
  const raw = bytes(maxBytes)
  return {
    preencode: (state, value) => raw.preencode(state, toUtf8(value)),
    encode: (state, value) => raw.encode(state, toUtf8(value)),
    decode(state) {
      const utf8 = raw.decode(state)
      const value = b4a.toString(utf8 as any, 'utf8')
      if (!b4a.equals(b4a.from(value), utf8)) throw bad('a text is not UTF-8')
      return value
    }
  }
}

function toUtf8(value: string): Uint8Array {
  return b4a.from(value.replace(/\p{Surrogate}/gu, '\ufffd'))
}

/** `item`, for values that pass `isValid` alone, written and read. */
export function checked<T>(item: Codec<T>, isValid: (value: T) => boolean, why: string): Codec<T> {
  return {
    preencode(state, value) {
      if (!isValid(value)) throw bad(why)
      item.preencode(state, value)
    },
    encode: (state, value) => item.encode(state, value),
    decode(state) {
      const value = item.decode(state)
      if (!isValid(value)) throw bad(why)
      return value
    }
  }
}

/** A counted list, at most `max` items. */
export function list<T>(item: Codec<T>, max: number): Codec<T[]> {
  return {
    preencode(state, values) {
      if (values.length > max) throw bad('a list has more than ' + max + ' items')
      c.uint.preencode(state, values.length)
      for (const value of values) item.preencode(state, value)
    },
    encode(state, values) {
      c.uint.encode(state, values.length)
      for (const value of values) item.encode(state, value)
    },
    decode(state) {
      const length = uint.decode(state)
      if (length > max) throw bad('a list has more than ' + max + ' items')
      const values: T[] = []
      for (let i = 0; i < length; i++) values.push(item.decode(state))
      return values
    }
  }
}

/** A presence byte, then the value: `null` where the byte is 0. */
export function optional<T>(item: Codec<T>): Codec<T | null> {
  return {
    preencode(state, value) {
      bool.preencode(state, value !== null)
      if (value !== null) item.preencode(state, value)
    },
    encode(state, value) {
      bool.encode(state, value !== null)
      if (value !== null) item.encode(state, value)
    },
    decode: (state) => (bool.decode(state) ? item.decode(state) : null)
  }
}

/** One of a frozen list of words, persisted as its index. Append to such a list, never reorder it. */
export function word<W extends string>(words: readonly W[]): Codec<W> {
  return {
    preencode: (state) => void state.end++,
    encode(state, value) {
      const index = words.indexOf(value)
      if (index === -1) throw bad('an unknown word: ' + value)
      uint8.encode(state, index)
    },
    decode(state) {
      const value = words[uint8.decode(state)]
      if (value === undefined) throw bad('an unknown kind')
      return value
    }
  }
}

/** An object whose fields are encoded in the order given. */
export function struct<T extends object>(fields: { [K in keyof T]: Codec<T[K]> }): Codec<T> {
  const names = Object.keys(fields) as (keyof T)[]
  return {
    preencode(state, value) {
      for (const name of names) fields[name].preencode(state, value[name])
    },
    encode(state, value) {
      for (const name of names) fields[name].encode(state, value[name])
    },
    decode(state) {
      const value = {} as T
      for (const name of names) value[name] = fields[name].decode(state)
      return value
    }
  }
}

/** A leading version byte. Decoders of old versions stay for ever; an unknown version is refused. */
export function versioned<T>(version: number, body: Codec<T>): Codec<T> {
  return {
    preencode(state, value) {
      state.end++
      body.preencode(state, value)
    },
    encode(state, value) {
      uint8.encode(state, version)
      body.encode(state, value)
    },
    decode(state) {
      const seen = uint8.decode(state)
      if (seen !== version) throw bad('version ' + seen + ' is not known here')
      return body.decode(state)
    }
  }
}

/** @throws TemoinError BAD_ENCODING where a field breaks its limit */
export function encode<T>(codec: Codec<T>, value: T): Uint8Array {
  const state: any = { start: 0, end: 0, buffer: null }
  codec.preencode(state, value)
  state.buffer = b4a.allocUnsafeSlow(state.end)
  codec.encode(state, value)
  return state.buffer
}

/**
 * Decodes all of `buffer`; `what` names the structure in the error.
 * @throws TemoinError BAD_ENCODING where the bytes are short, long, or break a limit
 */
export function decode<T>(codec: Codec<T>, buffer: Uint8Array, what: string): T {
  const state: any = { start: 0, end: buffer.byteLength, buffer }
  let value: T
  try {
    value = codec.decode(state)
  } catch (err) {
    const why = err instanceof TemoinError ? err.message : 'it ends too early'
    throw new TemoinError('BAD_ENCODING', `Not a valid ${what}: ${why}`, { cause: err })
  }
  if (state.start !== state.end) {
    throw new TemoinError('BAD_ENCODING', `Not a valid ${what}: bytes are left over`)
  }
  return value
}

/** Reads `length` bytes as a view on the buffer. */
export function take(state: State, length: number): Uint8Array {
  if (state.end - state.start < length) throw bad('it ends too early')
  const view = state.buffer!.subarray(state.start, state.start + length)
  state.start += length
  return view
}

function boundedLength(state: State, maxBytes: number): number {
  const length = uint.decode(state)
  if (length > maxBytes) throw bad('a field is longer than ' + maxBytes + ' bytes')
  return length
}

export function bad(why: string): TemoinError {
  return new TemoinError('BAD_ENCODING', why)
}
