// Every secret of a circle that this device has, by the name that journal blocks give it. A journal may
// be read for years: nothing is ever taken off the ring.

import { hex } from '../../encoding/hex.ts'
import type { EpochId } from '../../types/keys.ts'
import { epochIdOf, journalKey } from './secrets.ts'

export interface RingKey {
  id: EpochId
  secret: Uint8Array
  /** Encrypts the journal entries of this epoch. */
  journalKey: Uint8Array
}

export class KeyRing {
  readonly #keys = new Map<string, RingKey>()

  constructor(secrets: Uint8Array[]) {
    for (const secret of secrets) this.add(secret)
  }

  add(secret: Uint8Array): RingKey {
    const id = epochIdOf(secret)
    const known = this.get(id)
    if (known !== null) return known
    const key = { id, secret, journalKey: journalKey(secret) }
    this.#keys.set(hex(id), key)
    return key
  }

  get(id: EpochId): RingKey | null {
    return this.#keys.get(hex(id)) ?? null
  }
}
