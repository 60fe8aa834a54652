// A device vouching for a core it writes: "this recording (or journal) of this circle is mine".
// The signature binds device, circle, core, the claimed start and the core before it, so that none
// of them can be swapped later. The core's own key signs its blocks; this ties that key to a device.

import type { CircleId, DeviceKey } from '../types/keys.ts'
import { fixed32, optional, struct, uint, word } from './wire.ts'

/** Persisted as an index: append, never reorder. */
export const ATTESTED_KINDS = ['journal', 'recording'] as const

export interface Attested {
  kind: (typeof ATTESTED_KINDS)[number]
  device: DeviceKey
  circle: CircleId
  /** Key of the attested core. */
  core: Uint8Array
  /** Wall clock of the device at the start, ms since 1970: a claim. */
  startedAtMs: number
  /** Key of the core this one goes on from, or null. */
  previous: Uint8Array | null
}

/** The body of the attestation signable. */
export const attested = struct<Attested>({
  kind: word(ATTESTED_KINDS),
  device: fixed32,
  circle: fixed32,
  core: fixed32,
  startedAtMs: uint,
  previous: optional(fixed32)
})
