// A device naming the key that is sealed for it: whoever names another in its place seals for itself.
// The signature binds the two keys and nothing that changes, so that it holds in every circle, whoever
// shows it.

import type { BoxKey, DeviceKey, Signature } from '../types/keys.ts'
import { fixed32, struct } from './wire.ts'

export interface BoxClaim {
  device: DeviceKey
  /** X25519: what is sealed with it, only that device opens. */
  box: BoxKey
}

export interface SignedBox extends BoxClaim {
  /** By the device key, over the box signable. */
  boxSignature: Signature
}

/** The body of the box signable. */
export const boxClaim = struct<BoxClaim>({ device: fixed32, box: fixed32 })
