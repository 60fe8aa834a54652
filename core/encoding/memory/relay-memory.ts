// What a relay remembers beside its store: how much it held on each day, and how far it has read again what
// it holds. Not encrypted: it tells no more than the store beside it, keys and numbers.

import type { RecordingKey } from '../../types/keys.ts'
import { fixed32, list, optional, struct, uint, versioned } from '../wire.ts'
import type { Codec } from '../wire.ts'

/** More than a year of days. */
export const MAX_DAY_TOTALS = 400

export interface DayTotal {
  /** Days since 1970. */
  day: number
  bytes: number
}

/** Where the reading again goes on. */
export interface ScrubCursor {
  recording: RecordingKey
  index: number
}

export interface RelayMemory {
  days: DayTotal[]
  cursor: ScrubCursor | null
  /** When everything had been read again the last time; 0 for never. */
  scrubbedAtMs: number
}

export const relayMemory = versioned(
  1,
  struct<RelayMemory>({
    days: list(struct<DayTotal>({ day: uint, bytes: uint }), MAX_DAY_TOTALS),
    cursor: optional(
      struct<ScrubCursor>({ recording: fixed32 as Codec<RecordingKey>, index: uint })
    ),
    scrubbedAtMs: uint
  })
)
