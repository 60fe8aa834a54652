// A film with a note and a place, which the camera here does not give: made as `Film` makes a part.

import b4a from 'b4a'
import type { Exchange } from '../../../core/exchange/exchange.ts'
import { Part } from '../../../core/filming/part.ts'
import type { DeviceKeys } from '../../../core/identity/device-keys.ts'
import type { Replica } from '../../../core/replica/replica.ts'
import { systemClock } from '../../../core/runtime/clock.ts'
import type { BoxKey } from '../../../core/types/keys.ts'
import { DESCRIPTION, fragment, INIT } from './camera.ts'

const PLACE = { latitudeE7: 488_566_140, longitudeE7: 23_522_219, accuracyM: 8 }
/** The same as the checkpoint's line in an evidence package says it. */
export const PLACE_TEXT = '48.8566140 2.3522219'

export interface PlacedFilm {
  exchange: Exchange
  /** Of the device that films. */
  keys: DeviceKeys
  readers: BoxKey[]
  fragments: number
  note: string
}

/** Sealed when it resolves. */
export async function placedFilm({ fragments, note, ...who }: PlacedFilm): Promise<Replica> {
  const clock = systemClock()
  const options = { ...who, clock, previous: null, build: 'test' }
  const part = await Part.start({ ...options, description: DESCRIPTION, init: INIT })
  for (let i = 0; i < fragments; i++) part.fragment(fragment(i))
  part.add({ kind: 'note', body: { text: note, atMs: clock.now() } })
  const sums = { sha256: b4a.alloc(32), mediaBytes: 0, wallMs: clock.now(), monotonicMs: 0 }
  part.add({ kind: 'checkpoint', body: { ...sums, place: PLACE, batteryPercent: 50 } })
  await part.seal('stopped')
  return part.replica
}
