// What a relay remembers beside its store: how much it held on each day, how far it has read again what it
// holds, and who has heard that it leaves a circle. Not encrypted: it tells no more than the store beside it, keys and numbers.

import type { CircleId, DeviceKey, RecordingKey } from '../../types/keys.ts'
import { fixed32, list, optional, struct, uint, versioned } from '../wire.ts'
import type { Codec } from '../wire.ts'

/** More than a year of days. */
export const MAX_DAY_TOTALS = 400

export interface DayTotal {
  /** Days since 1970. */
  day: number
  bytes: number
}

/** All members of many circles. */
export const MAX_HEARD = 65_536

/** A member has a notice of leaving on its disk. */
export interface Heard {
  circle: CircleId
  /** When the notice was given: one that was taken back and given anew is another. */
  saidAtMs: number
  device: DeviceKey
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
  heard: Heard[]
}

export const relayMemory = versioned(
  1,
  struct<RelayMemory>({
    days: list(struct<DayTotal>({ day: uint, bytes: uint }), MAX_DAY_TOTALS),
    cursor: optional(
      struct<ScrubCursor>({ recording: fixed32 as Codec<RecordingKey>, index: uint })
    ),
    scrubbedAtMs: uint,
    heard: list(
      struct<Heard>({
        circle: fixed32 as Codec<CircleId>,
        saidAtMs: uint,
        device: fixed32 as Codec<DeviceKey>
      }),
      MAX_HEARD
    )
  })
)
