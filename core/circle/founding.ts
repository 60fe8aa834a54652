// What a new circle is made of: the founder's first journal comes first, for the circle's id is made from it.

import { coreKey } from '../encoding/core-key.ts'
import type { DeviceKeys } from '../identity/device-keys.ts'
import { wipe } from '../identity/hash.ts'
import type { CircleId } from '../types/keys.ts'
import { journalPair, newSalt } from './journal/journal-pair.ts'
import { circleIdOf } from './keys/secrets.ts'

export interface Founding {
  id: CircleId
  /** Of the journal that the founding stands in. */
  salt: Uint8Array
}

/** For a circle that this device is going to found. */
export function newFounding(keys: DeviceKeys): Founding {
  const salt = newSalt()
  const { publicKey, secretKey } = journalPair(keys, salt)
  wipe(secretKey)
  return { id: circleIdOf(keys.device, coreKey(publicKey)), salt }
}
