// Numbers and times as the user's language writes them. Digits of running times stay Western in every
// language, so that what two people read out to each other is the same.

import { dateText } from '../state/date-text.ts'
import { language } from './words.ts'

/** `4:05`, `1:02:09`: a moment of a film, or how long it is. */
export function duration(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds))
  const parts = [Math.floor(whole / 60) % 60, whole % 60]
  const hours = Math.floor(whole / 3600)
  const [first, ...rest] = hours > 0 ? [hours, ...parts] : parts
  return [String(first), ...rest.map((part) => String(part).padStart(2, '0'))].join(':')
}

/** Day and minute. */
export function dayAndTime(atMs: number): string {
  return dated(atMs, { dateStyle: 'medium', timeStyle: 'short' })
}

/** To the second: for what may have to be proved. */
export function exactTime(atMs: number): string {
  return dated(atMs, { dateStyle: 'short', timeStyle: 'medium' })
}

export function sizeOf(bytes: number): string {
  const [value, unit] =
    bytes < 1e6
      ? [bytes / 1e3, 'kilobyte']
      : bytes < 1e9
        ? [bytes / 1e6, 'megabyte']
        : [bytes / 1e9, 'gigabyte']
  const style = { style: 'unit', unit, maximumFractionDigits: 1 } as const
  return new Intl.NumberFormat(language.value, style).format(value)
}

export function percent(share: number): string {
  return new Intl.NumberFormat(language.value, { style: 'percent' }).format(share)
}

function dated(atMs: number, style: Intl.DateTimeFormatOptions): string {
  return dateText(language.value, atMs, style)
}
