// How much of a film others had signed for, along the film: the strip under the timeline. Counts signed
// statements only, each device by the longest of its own. Pure.

import type { Key, TimelineState } from '../../../../core/api/contract.ts'

export interface Stretch {
  from: number
  to: number
  /** Devices that signed for all of this stretch. */
  copies: number
}

/**
 * From 0 to the end of the film, without holes.
 * @param author what it has signed for itself makes nothing safe
 */
export function coverage(
  receipts: TimelineState['receipts'],
  author: Key,
  seconds: number
): Stretch[] {
  const others = receipts.filter(({ device }) => device !== author)
  const ends = [...furthest(others).values()].map((end) => Math.min(end, seconds))
  const cuts = [...new Set([0, ...ends, seconds])].sort((a, b) => a - b)
  return cuts
    .slice(1)
    .map((to, i) => ({ from: cuts[i]!, to, copies: ends.filter((end) => end >= to).length }))
    .filter(({ from, to }) => to > from)
}

/** Up to where each device signed. */
export function furthest(receipts: TimelineState['receipts']): Map<string, number> {
  const found = new Map<string, number>()
  for (const { device, seconds } of receipts) {
    if (seconds !== null) found.set(device, Math.max(found.get(device) ?? 0, seconds))
  }
  return found
}
