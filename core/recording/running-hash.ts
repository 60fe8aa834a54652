// SHA-256 over everything appended so far, readable at any moment: what checkpoints and the seal
// carry, so that a lawyer can check a film with sha256sum alone.

import b4a from 'b4a'
import sodium from 'sodium-universal'

export class RunningHash {
  #state = b4a.alloc(sodium.crypto_hash_sha256_STATEBYTES)
  readonly #waiting: Uint8Array[] = []
  bytes = 0

  constructor() {
    sodium.crypto_hash_sha256_init(this.#state)
  }

  /** Takes `data`, which must not change any more; hashed a moment later, when its block has left. */
  update(data: Uint8Array): void {
    this.bytes += data.byteLength
    this.#waiting.push(data)
    setImmediate(() => this.#settle())
  }

  /** The digest so far; more may be appended afterwards. 32 bytes. */
  digest(): Uint8Array {
    this.#settle()
    const out = b4a.allocUnsafeSlow(32)
    sodium.crypto_hash_sha256_final(b4a.from(this.#state), out)
    return out
  }

  #settle(): void {
    for (const data of this.#waiting.splice(0)) {
      sodium.crypto_hash_sha256_update(this.#state, data)
    }
  }
}
