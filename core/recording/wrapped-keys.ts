// The first chain key, sealed once for each reader, in an order that says nothing, filled up with
// random bytes to a fixed count so that nobody without a key can count the readers.

import type { BoxKey, ChainKey } from '../types/keys.ts'
import { TemoinError } from '../errors.ts'
import { WRAPPED_BYTES } from '../encoding/recording/header.ts'
import { WRAP_BUCKETS } from '../limits.ts'
import { wrapFor } from '../identity/device-keys.ts'
import { randomBytes } from '../identity/hash.ts'

/**
 * @param readers X25519 keys, at most 256
 * @returns 80-byte boxes; their count is the smallest bucket that holds them all
 */
export function wrapForReaders(first: ChainKey, readers: BoxKey[]): Uint8Array[] {
  const count = WRAP_BUCKETS.find((bucket) => bucket >= readers.length)
  if (count === undefined) {
    throw new TemoinError('BAD_INPUT', 'A recording can be opened by at most 256 members')
  }
  const boxes = readers.map((box) => wrapFor(box, first))
  while (boxes.length < count) boxes.push(randomBytes(WRAPPED_BYTES))
  return shuffle(boxes)
}

/** The chain key, found by trial, or null where none of the boxes is for this device. */
export function findWrapped(
  boxes: readonly Uint8Array[],
  unwrap: (sealed: Uint8Array) => Uint8Array | null
): ChainKey | null {
  for (const box of boxes) {
    const key = unwrap(box)
    if (key !== null && key.byteLength === 32) return key
  }
  return null
}

/** Fisher-Yates with the system's randomness: the order of joining is nobody's business. */
function shuffle<T>(items: T[]): T[] {
  for (let i = items.length - 1; i > 0; i--) {
    const random = randomBytes(4)
    const j = new DataView(random.buffer, random.byteOffset, 4).getUint32(0) % (i + 1)
    const swap = items[i]!
    items[i] = items[j]!
    items[j] = swap
  }
  return items
}
