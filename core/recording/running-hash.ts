// SHA-256 over everything appended so far, readable at any moment: what checkpoints and the seal
// carry, so that a lawyer can check a film with sha256sum alone.

import b4a from 'b4a'
import sodium from 'sodium-universal'

export class RunningHash {
  #state = b4a.alloc(sodium.crypto_hash_sha256_STATEBYTES)
  bytes = 0

  constructor() {
    sodium.crypto_hash_sha256_init(this.#state)
  }

  update(data: Uint8Array): void {
    sodium.crypto_hash_sha256_update(this.#state, data)
    this.bytes += data.byteLength
  }

  /** The digest so far; more may be appended afterwards. 32 bytes. */
  digest(): Uint8Array {
    const out = b4a.allocUnsafeSlow(32)
    sodium.crypto_hash_sha256_final(b4a.from(this.#state), out)
    return out
  }
}
