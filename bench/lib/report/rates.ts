// What a device uses in a minute, from counts that only go up: by what it was doing at that time. Pure.

import { median } from './stats.ts'

/** A device between two moments. */
export interface Stretch<Counts> {
  /** Which device. */
  id: number
  /** What it did meanwhile. */
  doing: string
  ms: number
  /** What was counted meanwhile. */
  counts: Counts
}

export interface Rate {
  median: number
  most: number
  devices: number
}

/** Of a device that did it for less than this a rate says little. */
const MIN_MS = 15_000

/** @returns per device and minute, over the devices that did it; NaN where none did */
export function rateOf<Counts>(
  stretches: Stretch<Counts>[],
  doing: string,
  count: (counts: Counts) => number
): Rate {
  const totals = new Map<number, { ms: number; count: number }>()
  for (const stretch of stretches.filter((one) => one.doing === doing)) {
    const total = totals.get(stretch.id) ?? { ms: 0, count: 0 }
    total.ms += stretch.ms
    total.count += count(stretch.counts)
    totals.set(stretch.id, total)
  }
  const long = [...totals.values()].filter(({ ms }) => ms >= MIN_MS)
  const rates = long.map(({ ms, count }) => (count * 60_000) / ms)
  return { median: median(rates), most: Math.max(...rates), devices: rates.length }
}
