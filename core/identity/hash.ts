// Hashing and derivation, all BLAKE2b-256 with an ASCII label first, so that no two uses of one
// secret can ever meet. Persisted: a label in use never changes.

import b4a from 'b4a'
import sodium from 'sodium-universal'

/** BLAKE2b-256 of `label LF parts`. 32 bytes. */
export function labelled(label: string, ...parts: Uint8Array[]): Uint8Array {
  const out = b4a.allocUnsafeSlow(32)
  sodium.crypto_generichash_batch(out, [b4a.from(label + '\n'), ...parts])
  return out
}

/** Keyed BLAKE2b-256 of `label LF parts`: a secret derived from `key`. 32 bytes. */
export function derive(key: Uint8Array, label: string, ...parts: Uint8Array[]): Uint8Array {
  const out = b4a.allocUnsafeSlow(32)
  sodium.crypto_generichash_batch(out, [b4a.from(label + '\n'), ...parts], key)
  return out
}

export function randomBytes(length: number): Uint8Array {
  const out = b4a.allocUnsafeSlow(length)
  sodium.randombytes_buf(out)
  return out
}

/** Overwrites a secret in place. */
export function wipe(secret: Uint8Array): void {
  sodium.sodium_memzero(secret)
}
