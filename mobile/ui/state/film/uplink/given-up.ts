// What stands in a film for pieces that were given up: gaps that say from where to where, and why. Pure.

import type { FilmFrame } from '../../../../../core/api/contract.ts'

export interface Item {
  kind: FilmFrame['kind']
  data: Uint8Array
  /** A film can begin here. */
  key: boolean
  startUs: number
  endUs: number
  mime?: string
  capturedAtMs?: number
  reason?: string
}

const NO_BYTES = new Uint8Array(0)

/**
 * Media time of these, in order, each moment of it once: the sound of one piece may begin long before its picture,
 * where the encoder of sound is slow.
 */
export function mediaUsOf(items: readonly Item[]): number {
  let reachedUs = -Infinity
  let sumUs = 0
  for (const { kind, startUs, endUs } of items) {
    if (kind !== 'fragment' && kind !== 'bytes') continue
    sumUs += Math.max(0, endUs - Math.max(startUs, reachedUs))
    reachedUs = Math.max(reachedUs, endUs)
  }
  return sumUs
}

/** Gaps that were said before keep their own reason, and are counted by whoever said them. */
export function gapsInPlaceOf(
  gone: readonly Item[],
  reason: string
): { gaps: Item[]; givenUpUs: number } {
  const gaps: Item[] = []
  for (const item of gone) {
    if (item.kind === 'init' || item.kind === 'end') continue
    const { startUs, endUs } = item
    const said = item.kind === 'gap' ? (item.reason ?? reason) : reason
    const last = gaps.at(-1)
    if (last?.reason === said) last.endUs = Math.max(last.endUs, endUs)
    else gaps.push({ kind: 'gap', data: NO_BYTES, key: false, startUs, endUs, reason: said })
  }
  return { gaps, givenUpUs: mediaUsOf(gone) }
}
