// Every secret of a circle that this device has, by the name that journal blocks give it; whole, or no
// more of it than a relay has. A journal may be read for years: nothing is ever taken off the ring.

import b4a from 'b4a'
import type { CircleSecret } from '../../encoding/pairing/circle-secret.ts'
import { hex } from '../../encoding/hex.ts'
import type { EpochId } from '../../types/keys.ts'
import { epochIdOf, journalKey, outlineKey, relaySecretIn } from './secrets.ts'

export interface RingKey {
  id: EpochId
  secret: CircleSecret
  /** Encrypts the journal entries of this epoch. */
  outlineKey: Uint8Array
  /** Encrypts their words; null where the secret is not here whole. */
  journalKey: Uint8Array | null
}

export class KeyRing {
  readonly #keys = new Map<string, RingKey>()

  constructor(secrets: CircleSecret[]) {
    for (const secret of secrets) this.add(secret)
  }

  get size(): number {
    return this.#keys.size
  }

  /** A part takes nothing away from what is here whole. */
  add(secret: CircleSecret): RingKey {
    const relay = relaySecretIn(secret)
    const id = epochIdOf(relay)
    const known = this.get(id)
    if (known !== null && !completes(secret, known)) return known
    const key = {
      id,
      secret,
      outlineKey: outlineKey(relay),
      journalKey: secret.whole ? journalKey(secret.bytes) : null
    }
    this.#keys.set(hex(id), key)
    return key
  }

  /** What is here of a secret, or null. */
  find(secret: CircleSecret): RingKey | null {
    return this.get(epochIdOf(relaySecretIn(secret)))
  }

  get(id: EpochId): RingKey | null {
    return this.#keys.get(hex(id)) ?? null
  }
}

function completes(secret: CircleSecret, { secret: known }: RingKey): boolean {
  return secret.whole && !known.whole && b4a.equals(relaySecretIn(secret), known.bytes)
}
