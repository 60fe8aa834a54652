// Text to values, for the options of a relay. Pure. Each refuses with one sentence that names where the
// text stood and what would fit there.

import { isIp, parseAddress } from '../../core/encoding/address.ts'
import type { Address } from '../../core/encoding/address.ts'
import { TemoinError } from '../../core/errors.ts'

const UNITS: Record<string, number> = { '': 1, K: 1e3, M: 1e6, G: 1e9, T: 1e12 }
/** Nothing that is stored here can be larger: 2^53 less one. */
const MAX_BYTES = Number.MAX_SAFE_INTEGER
const A_PORT = 'a port between 1 and 65535'

/** `500M`, `20G`, `1.5T`, with or without a B at the end; powers of ten, as disks are sold. */
export function bytesIn(where: string, text: string): number {
  const [, number, unit = ''] = /^(\d{1,12}(?:\.\d{1,3})?)\s?([KMGT]?)B?$/i.exec(text) ?? []
  const bytes = number === undefined ? NaN : Math.round(Number(number) * UNITS[unit.toUpperCase()]!)
  if (bytes <= MAX_BYTES) return bytes
  throw wrong(where, 'a size, such as 500M, 20G or 1.5T', text)
}

/** A size, or `none`. */
export function limitIn(where: string, text: string): number | null {
  if (text === 'none') return null
  const bytes = bytesIn(where, text)
  if (bytes > 0) return bytes
  throw wrong(where, 'a size above 0, or "none"', text)
}

export function portIn(where: string, text: string, least = 1, takes = A_PORT): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : -1
  if (port >= least && port <= 65535) return port
  throw wrong(where, takes, text)
}

/** A port, 0 for any, or `off`. */
export function portOrOffIn(where: string, text: string): number | null {
  const takes = 'a port between 0 (any that is free) and 65535, or "off"'
  return text === 'off' ? null : portIn(where, text, 0, takes)
}

export function yesOrNoIn(where: string, text: string): boolean {
  if (text === 'yes') return true
  if (text === 'no') return false
  throw wrong(where, '"yes" or "no"', text)
}

export function oneOfIn<T extends string>(where: string, text: string, words: readonly T[]): T {
  const found = words.find((word) => word === text)
  if (found !== undefined) return found
  throw wrong(where, `one of ${words.join(', ')}`, text)
}

export function ipIn(where: string, text: string): string {
  if (isIp(text)) return text
  throw wrong(where, 'an IP address of this machine', text)
}

/** Separated by commas. */
export function addressesIn(where: string, text: string): Address[] {
  return wordsOf(text).map((word) => {
    const address = parseAddress(word)
    if (address !== null) return address
    throw wrong(where, 'host:port, such as 192.0.2.1:49737, several separated by commas', word)
  })
}

export function wordsOf(text: string): string[] {
  const words = text.split(',').map((word) => word.trim())
  return words.filter((word) => word !== '')
}

/** What came from a file or an environment may be anything: shown short, and on one line. */
export function wrong(where: string, takes: string, text: string): TemoinError {
  const shown = text.replace(/[^\x20-\x7e]/g, '?').slice(0, 40)
  return new TemoinError('BAD_INPUT', `${where} takes ${takes}, not "${shown}"`)
}
