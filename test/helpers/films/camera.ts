// A camera that films noise: fragments of a quarter of a second, of the size asked for, and a film
// made of them by the real engine.

import type { MediaDescription, MediaFragment } from '../../../core/media/types.ts'
import { seeded } from '../random.ts'

export const DESCRIPTION: MediaDescription = {
  mime: 'video/mp4; codecs="avc1.42c01e,opus"',
  container: 'mp4'
}

export const FRAGMENT_US = 250_000

/** The init segment of every film made here. */
export const INIT: Uint8Array = seeded(7).bytes(800)

/** Fragment `index`; every fourth is one a player can start at. */
export function fragment(index: number, bytes = 2000): MediaFragment {
  return {
    data: seeded(1000 + index).bytes(bytes),
    ptsUs: index * FRAGMENT_US,
    durationUs: FRAGMENT_US,
    key: index % 4 === 0
  }
}

interface Takes {
  begin(description: MediaDescription, init: Uint8Array): Promise<void>
  fragment(fragment: MediaFragment): Promise<void>
}

/** Begins a film and feeds it `count` fragments. */
export async function shoot(film: Takes, count: number, bytes?: number): Promise<void> {
  await film.begin(DESCRIPTION, INIT)
  await shootOn(film, 0, count, bytes)
}

export async function shootOn(
  film: Takes,
  from: number,
  to: number,
  bytes?: number
): Promise<void> {
  for (let i = from; i < to; i++) await film.fragment(fragment(i, bytes))
}
