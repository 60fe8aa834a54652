// XChaCha20-Poly1305 (IETF), as everything here is encrypted. Bytes in, bytes out: which nonce is right,
// and what the bytes are bound to, is for the caller to say.
// Must never: lend a pooled buffer, for what is opened may be a secret that somebody wipes.

import b4a from 'b4a'
import sodium from 'sodium-universal'

export const NONCE_BYTES = 24
export const TAG_BYTES = 16
/** For a key that is used once. */
export const ZERO_NONCE: Uint8Array = b4a.alloc(NONCE_BYTES)

/** @returns 16 bytes more than `plain` */
export function seal(
  key: Uint8Array,
  nonce: Uint8Array,
  plain: Uint8Array,
  associated: Uint8Array | null = null
): Uint8Array {
  const sealed = b4a.allocUnsafeSlow(plain.byteLength + TAG_BYTES)
  sodium.crypto_aead_xchacha20poly1305_ietf_encrypt(sealed, plain, associated, null, nonce, key)
  return sealed
}

/**
 * Null where key, nonce, content or what it was bound to do not fit.
 * @param into where it is put, if it is long enough: for who opens tens of thousands, one after the other
 */
export function open(
  key: Uint8Array,
  nonce: Uint8Array,
  sealed: Uint8Array,
  associated: Uint8Array | null = null,
  into: Uint8Array | null = null
): Uint8Array | null {
  const length = sealed.byteLength - TAG_BYTES
  if (length < 0) return null
  const isRoom = into !== null && into.byteLength >= length
  const plain = isRoom ? into.subarray(0, length) : b4a.allocUnsafeSlow(length)
  try {
    sodium.crypto_aead_xchacha20poly1305_ietf_decrypt(plain, null, sealed, associated, nonce, key)
    return plain
  } catch {
    return null
  }
}
