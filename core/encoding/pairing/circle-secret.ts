// A circle's secret as one device has it. A relay is given a part that all keys but one follow from: it
// reads who belongs and what is held, and no name. The part does not lead back to the whole.

import { bool, fixed32, struct } from '../wire.ts'

export interface CircleSecret {
  /** False where `bytes` are the relay secret alone. */
  whole: boolean
  /** 32 bytes. */
  bytes: Uint8Array
}

export const circleSecret = struct<CircleSecret>({ whole: bool, bytes: fixed32 })
