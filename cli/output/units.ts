// Values as people read them: times, sizes, counts, lists, keys. Pure.

import z32 from 'z32'
import { isoDay, isoTime } from '../../core/evidence/text/printable.ts'

/** `12.5 s`, `3 min 05 s`, `1 h 02 min`. */
export function timeText(secs: number): string {
  if (secs < 60) return `${secs.toFixed(1)} s`
  const minutes = Math.floor(secs / 60)
  if (minutes < 60) return `${minutes} min ${two(Math.floor(secs % 60))} s`
  return `${Math.floor(minutes / 60)} h ${two(minutes % 60)} min`
}

export function bytesText(bytes: number): string {
  if (bytes < 1e6) return `${(bytes / 1e3).toFixed(1)} kB`
  return bytes < 1e9 ? `${(bytes / 1e6).toFixed(1)} MB` : `${(bytes / 1e9).toFixed(2)} GB`
}

/** `1 block`, `2 blocks`. */
export function countText(n: number, what: string): string {
  return n === 1 ? `1 ${what}` : `${n} ${what}s`
}

/** `Amina`, `Amina and Bo`, `Amina, Bo and Chen`. */
export function listText(words: string[]): string {
  if (words.length < 2) return words[0] ?? ''
  return `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`
}

export function keyText(key: Uint8Array): string {
  return z32.encode(key)
}

/** The beginning of a key, for a line that people read. */
export function shortKey(key: Uint8Array): string {
  return keyText(key).slice(0, 8)
}

/** A date that another device has written may be one that no calendar has: then its bare number. */
export function isoText(ms: number): string {
  return isoTime(ms)
}

/** `2026-11-22`. */
export function dayText(ms: number): string {
  return isoDay(ms)
}

/** For people: `2026-11-22 07:01:33 UTC`. */
export function atText(ms: number): string {
  const text = isoText(ms)
  return text.endsWith('Z') ? `${text.slice(0, 19).replace('T', ' ')} UTC` : text
}

/** Rounded as events tell it: three decimals are a millisecond. */
export function rounded(secs: number): number {
  return Math.round(secs * 1000) / 1000
}

function two(n: number): string {
  return String(n).padStart(2, '0')
}
