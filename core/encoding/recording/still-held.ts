// What is left of a recording on a disk that has lost some of it: the proof of the alarm
// `storage-damaged` where it is about one recording.

import { struct, uint, versioned } from '../wire.ts'

export interface StillHeld {
  /** Blocks from the first on that are here, whole. */
  length: number
}

export const stillHeld = versioned(1, struct<StillHeld>({ length: uint }))
