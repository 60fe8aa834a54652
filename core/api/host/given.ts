// What a client gives with a call, checked: nothing of it is believed before it has passed here.
// Must never: hand on a text or a number without a limit.

import z32 from 'z32'
import { TemoinError } from '../../errors.ts'
import { MAX_TEXT_BYTES } from '../../limits.ts'
import b4a from 'b4a'

const KEY_LETTERS = 52

export class Given {
  readonly #args: Record<string, unknown>

  /** @param args parsed JSON, an object */
  constructor(args: object) {
    this.#args = args as Record<string, unknown>
  }

  has(name: string): boolean {
    return this.#args[name] !== undefined && this.#args[name] !== null
  }

  /** 32 bytes out of z32 text. */
  key(name: string): Uint8Array {
    const value = this.#args[name]
    if (typeof value !== 'string' || value.length !== KEY_LETTERS) throw bad(name, 'a key')
    return decoded(name, value)
  }

  keys(name: string, most: number): Uint8Array[] {
    const values = this.#args[name]
    if (!Array.isArray(values) || values.length > most) throw bad(name, `at most ${most} keys`)
    return values.map((key) => new Given({ key }).key('key'))
  }

  text(name: string, maxBytes = MAX_TEXT_BYTES): string {
    const value = this.#args[name]
    if (typeof value !== 'string') throw bad(name, 'a text')
    if (b4a.byteLength(value) > maxBytes) throw bad(name, `at most ${maxBytes} bytes long`)
    return value
  }

  number(name: string, min: number, max: number): number {
    const value = this.#args[name]
    if (typeof value !== 'number' || !(value >= min && value <= max))
      throw bad(name, `a number from ${min} to ${max}`)
    return value
  }

  whole(name: string, min: number, max: number): number {
    const value = this.number(name, min, max)
    if (!Number.isInteger(value)) throw bad(name, 'a whole number')
    return value
  }

  /** False where it is not given. */
  flag(name: string, usual = false): boolean {
    if (!this.has(name)) return usual
    const value = this.#args[name]
    if (typeof value !== 'boolean') throw bad(name, 'true or false')
    return value
  }

  oneOf<T extends string>(name: string, words: readonly T[]): T {
    const value = this.#args[name]
    if (!words.includes(value as T)) throw bad(name, `one of ${words.join(', ')}`)
    return value as T
  }

  object(name: string): Given {
    const value = this.#args[name]
    if (typeof value !== 'object' || value === null) throw bad(name, 'an object')
    return new Given(value)
  }
}

function decoded(name: string, value: string): Uint8Array {
  try {
    return z32.decode(value)
  } catch {
    throw bad(name, 'a key')
  }
}

function bad(name: string, what: string): TemoinError {
  return new TemoinError('BAD_INPUT', `"${name}" must be ${what}`)
}
