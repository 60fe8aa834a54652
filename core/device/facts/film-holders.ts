// Who has how much of a film, over all its parts: what `record` and the screens show. Counts only what
// holders signed for.

import { hex } from '../../encoding/hex.ts'
import type { Exchange } from '../../exchange/exchange.ts'
import type { Replica } from '../../replica/replica.ts'
import type { DeviceKey } from '../../types/keys.ts'
import { holdersOf } from './holders.ts'
import type { Holder } from './holders.ts'

/** One holder, over all parts of a film. */
export interface FilmHolder extends Omit<Holder, 'seconds'> {
  /** Media time it signed for, as far as this device can tell. */
  seconds: number
  /** Has every block of every part made so far. */
  all: boolean
}

/**
 * Everyone who has some of the film, or is online.
 * @param lengthOf blocks there are of a part, as far as is known
 */
export function filmHolders(
  exchange: Exchange,
  parts: readonly Replica[],
  self: DeviceKey,
  lengthOf: (part: Replica) => number
): FilmHolder[] {
  const sums = new Map<string, FilmHolder & { whole: number }>()
  for (const part of parts) {
    for (const holder of holdersOf(exchange, part, self)) {
      const id = hex(holder.device)
      const sum = sums.get(id)
      const whole = holder.length > 0 && holder.length >= lengthOf(part) ? 1 : 0
      if (sum) add(sum, holder, whole)
      else sums.set(id, { ...holder, seconds: holder.seconds ?? 0, all: false, whole })
    }
  }
  return [...sums.values()].map(({ whole, ...sum }) => ({ ...sum, all: whole === parts.length }))
}

function add(sum: FilmHolder & { whole: number }, holder: Holder, whole: number): void {
  sum.whole += whole
  sum.length += holder.length
  sum.seconds += holder.seconds ?? 0
  sum.receipts += holder.receipts
  sum.full = holder.full
  sum.atMs = Math.max(sum.atMs ?? 0, holder.atMs ?? 0) || null
}

/** True where waiting longer could make nothing safer: all who are here have all of it. */
export function isSettled(
  holders: readonly Pick<FilmHolder, 'online' | 'full' | 'all'>[]
): boolean {
  const able = holders.filter((holder) => holder.online && !holder.full)
  return able.every((holder) => holder.all) && holders.some((holder) => holder.all)
}
