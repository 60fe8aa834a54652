// What a relay remembers beside its store: how much it held on each day, how far it has read again what it
// holds, and which circles it is about to delete. Not encrypted: it tells no more than the store beside it,
// keys and numbers.

import type { CircleId, RecordingKey } from '../types/keys.ts'
import { fixed32, list, optional, struct, uint, versioned } from './wire.ts'
import type { Codec } from './wire.ts'

/** More than a year of days. */
export const MAX_DAY_TOTALS = 400
export const MAX_LEAVING = 256

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

/** A circle whose copies are going to be deleted here, as its members were told. */
export interface Leaving {
  circle: CircleId
  saidAtMs: number
  dueAtMs: number
}

export interface RelayMemory {
  days: DayTotal[]
  cursor: ScrubCursor | null
  /** When everything had been read again the last time; 0 for never. */
  scrubbedAtMs: number
  leaving: Leaving[]
}

export const relayMemory = versioned(
  1,
  struct<RelayMemory>({
    days: list(struct<DayTotal>({ day: uint, bytes: uint }), MAX_DAY_TOTALS),
    cursor: optional(
      struct<ScrubCursor>({ recording: fixed32 as Codec<RecordingKey>, index: uint })
    ),
    scrubbedAtMs: uint,
    leaving: list(
      struct<Leaving>({ circle: fixed32 as Codec<CircleId>, saidAtMs: uint, dueAtMs: uint }),
      MAX_LEAVING
    )
  })
)
