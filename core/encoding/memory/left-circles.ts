// Circles that this device has given up, and the cores of each that are still to be deleted. Stands beside
// the store, not encrypted: it tells no more than the store did, and later only that there was a circle.

import type { CircleId } from '../../types/keys.ts'
import { fixed32, list, struct, uint, versioned } from '../wire.ts'
import type { Codec } from '../wire.ts'

export const MAX_LEFT_CIRCLES = 256
/** More recordings than a circle comes to in a century. */
export const MAX_LEFT_CORES = 1_048_576

export interface LeftCircle {
  circle: CircleId
  atMs: number
  /** Keys of its recordings and journals, until they are gone. */
  cores: Uint8Array[]
}

export const leftCircles = versioned(
  1,
  list(
    struct<LeftCircle>({
      circle: fixed32 as Codec<CircleId>,
      atMs: uint,
      cores: list(fixed32, MAX_LEFT_CORES)
    }),
    MAX_LEFT_CIRCLES
  )
)
