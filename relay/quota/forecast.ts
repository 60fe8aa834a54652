// When a relay will be full, from how much it had on earlier days. Pure: "at this rate full in 41 days".

import { MAX_DAY_TOTALS } from '../../core/encoding/memory/relay-memory.ts'
import type { DayTotal } from '../../core/encoding/memory/relay-memory.ts'

const DAY_MS = 86_400_000
/** Of so many days the growth is taken: a month has its busy week in it. */
const WINDOW_DAYS = 28
/** Farther off than this nobody can tell. */
const MAX_FORECAST_DAYS = 3650

export function dayOf(atMs: number): number {
  return Math.floor(atMs / DAY_MS)
}

/** With today's total, the newest of each day, oldest first. */
export function withToday(days: readonly DayTotal[], today: DayTotal): DayTotal[] {
  const earlier = days.filter(({ day }) => day < today.day)
  return [...earlier, today].slice(-MAX_DAY_TOTALS)
}

/**
 * Whole days until `capacityBytes` is reached, at the rate of the last weeks; null where it does not grow,
 * where less than a day is known, or where it is too far off to say.
 */
export function daysUntilFull(
  days: readonly DayTotal[],
  capacityBytes: number | null
): number | null {
  const last = days.at(-1)
  if (last === undefined || capacityBytes === null) return null
  if (last.bytes >= capacityBytes) return 0
  const first = days.find(({ day }) => day >= last.day - WINDOW_DAYS)!
  if (first.day === last.day || last.bytes <= first.bytes) return null
  const perDay = (last.bytes - first.bytes) / (last.day - first.day)
  const left = Math.floor((capacityBytes - last.bytes) / perDay)
  return left > MAX_FORECAST_DAYS ? null : left
}
