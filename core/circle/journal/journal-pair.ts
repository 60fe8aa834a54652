// The key pair that signs one journal: from the device's seed and a salt of its own.
// Must never: hang on the circle; the id of a circle is made from its founder's first journal.

import crypto from 'hypercore-crypto'
import type { KeyPair } from 'hypercore-crypto'
import type { DeviceKeys } from '../../identity/device-keys.ts'
import { randomBytes } from '../../identity/hash.ts'

const SALT_BYTES = 16

/** For a journal that nobody has begun. 16 bytes. */
export function newSalt(): Uint8Array {
  return randomBytes(SALT_BYTES)
}

/** Whoever calls it wipes the secret key. */
export function journalPair(keys: DeviceKeys, salt: Uint8Array): KeyPair {
  return crypto.keyPair(keys.secret('temoin/journal-sign/1', salt))
}
