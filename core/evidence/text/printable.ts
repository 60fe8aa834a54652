// Turns what strangers may have written into text that is safe on a terminal and in a report, and
// numbers into text that is the same on every machine.
// Must never: use the locale or the time zone of whoever runs it.

import z32 from 'z32'

/** Last moment a Date can name, ms since 1970. */
const LAST_DATE_MS = 8.64e15

/** Escapes control, direction-changing and invisible characters; the result is JSON text still. */
export function quoted(text: string): string {
  return JSON.stringify(text).replace(
    /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff0-\uffff]/g,
    (char) => '\\u' + char.charCodeAt(0).toString(16).padStart(4, '0')
  )
}

/** A hostile text for a sentence: quoted, and short. */
export function excerpt(text: string, maxChars = 80): string {
  return text.length <= maxChars ? quoted(text) : quoted(text.slice(0, maxChars)) + '...'
}

/** `2026-11-21T20:10:00.000Z`, or the bare number where no calendar has such a day. */
export function isoTime(ms: number): string {
  return Math.abs(ms) <= LAST_DATE_MS ? new Date(ms).toISOString() : `${ms} ms since 1970`
}

/** Its day: `2026-11-22`. */
export function isoDay(ms: number): string {
  return isoTime(ms).split('T')[0]!
}

/** Media time: `00:12.5`, and `1:00:12.5` from an hour on. */
export function clock(seconds: number): string {
  const tenths = Math.floor(seconds * 10 + 1e-6)
  const hours = Math.floor(tenths / 36000)
  const minutes = two(Math.floor(tenths / 600) % 60)
  const rest = `${minutes}:${two(Math.floor(tenths / 10) % 60)}.${tenths % 10}`
  return hours === 0 ? rest : `${hours}:${rest}`
}

export function keyText(key: Uint8Array): string {
  return z32.encode(key)
}

/** `1 block`, `2 blocks` */
export function count(n: number, what: string): string {
  return n === 1 ? `1 ${what}` : `${n} ${what}s`
}

function two(n: number): string {
  return String(n).padStart(2, '0')
}
