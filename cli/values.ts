// Text to values, for the options of a verb: times, counts, names, addresses, keys. Pure. Each refuses
// with a sentence that names the option and what would fit.

import b4a from 'b4a'
import { isIp, parseAddress } from '../core/encoding/address.ts'
import type { Address } from '../core/encoding/address.ts'
import { TemoinError } from '../core/errors.ts'
import { MAX_NAME_BYTES, MAX_TEXT_BYTES } from '../core/limits.ts'
import { plain } from './output/printable.ts'
import { keyText } from './output/units.ts'
import type { Invocation } from './verb.ts'

/** Fewest letters of a key that name it. */
export const MIN_PREFIX = 6

const UNIT_MS: Record<string, number> = {
  s: 1000,
  m: 60_000,
  min: 60_000,
  h: 3_600_000,
  d: 86_400_000
}

const SOME_TIMES = ['90s', '30m', '2h', '1d', '30d', '90d']

/** `90s`, `30m`, `2h`, `1d` to milliseconds. */
export function durationMs(option: string, text: string, bounds: Bounds): number {
  const fits = (ms: number): boolean => ms >= bounds.min && ms <= bounds.max
  const ms = msIn(text)
  if (fits(ms)) return ms
  const between = `between ${span(bounds.min)} and ${span(bounds.max)}`
  const some = SOME_TIMES.filter((time) => fits(msIn(time))).slice(0, 4)
  throw bad(`${option} takes a time ${between}, such as ${orText(some)}, not "${plain(text)}"`)
}

/** NaN where it is no time. */
function msIn(text: string): number {
  const [, number, unit] = /^(\d{1,9})(s|m|min|h|d)$/.exec(text) ?? []
  return number === undefined ? NaN : Number(number) * UNIT_MS[unit!]!
}

/** One of them at least. */
function orText(words: string[]): string {
  if (words.length === 1) return words[0]!
  return `${words.slice(0, -1).join(', ')} or ${words.at(-1)!}`
}

/** A time in seconds, fractions allowed. */
export function seconds(option: string, text: string, bounds: Bounds): number {
  const value = /^\d{1,9}(\.\d{1,6})?$/.test(text) ? Number(text) : NaN
  if (value >= bounds.min && value <= bounds.max) return value
  const { min, max } = bounds
  throw bad(`${option} takes seconds between ${min} and ${max}, not "${plain(text)}"`)
}

/** `--wait`, as ms. @param usual seconds where it is not given */
export function waitMsOf(flags: Invocation['flags'], usual: number, max: number): number {
  return 1000 * seconds('--wait', String(flags['wait'] ?? usual), { min: 0, max })
}

export function wholeNumber(option: string, text: string, { min, max }: Bounds): number {
  const value = /^\d{1,9}$/.test(text) ? Number(text) : NaN
  if (value >= min && value <= max) return value
  throw bad(`${option} takes a whole number between ${min} and ${max}, not "${plain(text)}"`)
}

/** The number of an open file descriptor. */
export function descriptor(option: string, text: string): number {
  return wholeNumber(option, text, { min: 0, max: 1023 })
}

export function oneOf<T extends string>(option: string, text: string, words: readonly T[]): T {
  const found = words.find((word) => word === text)
  if (found !== undefined) return found
  throw bad(`${option} takes one of ${words.join(', ')}, not "${plain(text)}"`)
}

/** A name people see: one line, not empty, not longer than the protocol takes. */
export function nameText(option: string, text: string): string {
  const name = text.trim()
  if (name !== '' && plain(name, Infinity) === name && bytesOf(name) <= MAX_NAME_BYTES) return name
  throw bad(`${option} takes a name of 1 to ${MAX_NAME_BYTES} bytes on one line`)
}

/** What kind of media something is said to be: `video/mp4; codecs="avc1.42c01e,opus"`. */
export function mimeText(option: string, text: string): string {
  if (/^(video|audio)\/[\w.+-]{1,40}(;[ -~]{0,150})?$/.test(text)) return text
  throw bad(`${option} takes a media type, such as video/mp4 or video/webm, not "${plain(text)}"`)
}

export function freeText(option: string, text: string): string {
  if (bytesOf(text) <= MAX_TEXT_BYTES) return text
  throw bad(`${option} takes at most ${MAX_TEXT_BYTES} bytes`)
}

/** `host:port`, an IPv6 host in brackets. */
export function hostAndPort(option: string, text: string): Address {
  const address = parseAddress(text)
  if (address !== null) return address
  throw bad(`${option} takes host:port, such as 192.0.2.1:49737, not "${plain(text)}"`)
}

export function ipAddress(option: string, text: string): string {
  if (isIp(text)) return text
  throw bad(`${option} takes an IP address of this machine, not "${plain(text)}"`)
}

/** The one whose key has this z32 text, or begins with it; null where there is none. */
export function byPrefix<T>(
  what: string,
  wanted: string,
  all: readonly T[],
  keyOf: (item: T) => Uint8Array
): T | null {
  const text = wanted.trim().toLowerCase()
  if (text.length < MIN_PREFIX) {
    throw bad(`${what} is named by its key or the first ${MIN_PREFIX} letters of it or more`)
  }
  const found = all.filter((item) => keyText(keyOf(item)).startsWith(text))
  if (found.length > 1) throw bad(`Several keys begin with "${plain(wanted)}": give more letters`)
  return found[0] ?? null
}

export interface Bounds {
  min: number
  max: number
}

function bytesOf(text: string): number {
  return b4a.byteLength(text)
}

function span(ms: number): string {
  const unit = ['d', 'h', 'm', 's'].find((name) => ms % UNIT_MS[name]! === 0)!
  return `${ms / UNIT_MS[unit]!}${unit}`
}

function bad(message: string): TemoinError {
  return new TemoinError('BAD_INPUT', message)
}
