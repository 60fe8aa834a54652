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

/** Null where key, nonce, content or what it was bound to do not fit. */
export function open(
  key: Uint8Array,
  nonce: Uint8Array,
  sealed: Uint8Array,
  associated: Uint8Array | null = null
): Uint8Array | null {
  if (sealed.byteLength < TAG_BYTES) return null
  const plain = b4a.allocUnsafeSlow(sealed.byteLength - TAG_BYTES)
  try {
    sodium.crypto_aead_xchacha20poly1305_ietf_decrypt(plain, null, sealed, associated, nonce, key)
    return plain
  } catch {
    return null
  }
}
