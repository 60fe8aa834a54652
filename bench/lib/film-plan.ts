// What is filmed, and when: the same bytes at the same pace for every candidate of a comparison.

import b4a from 'b4a'
import type { MediaDescription, MediaFragment } from '../../core/media/types.ts'
import { randomBytes } from '../../core/identity/hash.ts'
import { nowMs, sleepUntil } from './clock.ts'

export const MEDIA: MediaDescription = {
  mime: 'video/mp4; codecs="avc1.42c01e"',
  container: 'mp4'
}
export const INIT: Uint8Array = b4a.alloc(1000)

export interface FilmPlan {
  /** When the camera starts; the first fragment is whole one `entryMs` later. */
  startAtMs: number
  fragments: number
  entryMs: number
  bitsPerSecond: number
}

export function fragmentBytes({ entryMs, bitsPerSecond }: FilmPlan): number {
  return Math.round((bitsPerSecond * entryMs) / 8000)
}

export function filmSeconds({ fragments, entryMs }: FilmPlan): number {
  return (fragments * entryMs) / 1000
}

/** What the engine is handed: a player can start at every second. */
export function fragmentOf(data: Uint8Array, index: number, entryMs: number): MediaFragment {
  const ptsMs = index * entryMs
  return { data, ptsUs: ptsMs * 1000, durationUs: entryMs * 1000, key: ptsMs % 1000 === 0 }
}

/** Noise to cut fragments from: nothing on the way can make it smaller. */
export class Noise {
  readonly #bytes = randomBytes(2 ** 20)
  #turn = 0

  /** `size` bytes, its own copy, unlike the one before. */
  next(size: number): Uint8Array {
    const fragment = b4a.allocUnsafeSlow(size)
    let from = (this.#turn++ * 4099) % (this.#bytes.byteLength / 2)
    for (let at = 0; at < size; from = 0) {
      const piece = this.#bytes.subarray(from, from + size - at)
      fragment.set(piece, at)
      at += piece.byteLength
    }
    return fragment
  }
}

/** Calls `onFragment` at the end of each fragment, never waiting for what it does. */
export async function play(
  plan: FilmPlan,
  onFragment: (fragment: Uint8Array, index: number, atMs: number) => void
): Promise<void> {
  const noise = new Noise()
  const size = fragmentBytes(plan)
  for (let index = 0; index < plan.fragments; index++) {
    const fragment = noise.next(size)
    await sleepUntil(plan.startAtMs + (index + 1) * plan.entryMs)
    onFragment(fragment, index, nowMs())
  }
}
