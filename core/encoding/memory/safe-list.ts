// Which recordings held here others hold as well, and up to where, by their receipts. Stands beside the
// store, not encrypted: a panic must know what may go when nobody can open anything here any more. It
// tells no more than the store beside it: the keys of cores, and numbers.

import type { RecordingKey } from '../../types/keys.ts'
import { fixed32, list, struct, uint, versioned } from '../wire.ts'
import type { Codec } from '../wire.ts'

/** More recordings than a device ever holds open; beyond it the rest counts as not known to be safe. */
export const MAX_SAFE_RECORDINGS = 65_536

export interface SafeRecording {
  recording: RecordingKey
  /** Blocks that one other device has on its disk, flushed and signed for. */
  length: number
}

export const safeList = versioned(
  1,
  list(
    struct<SafeRecording>({ recording: fixed32 as Codec<RecordingKey>, length: uint }),
    MAX_SAFE_RECORDINGS
  )
)
