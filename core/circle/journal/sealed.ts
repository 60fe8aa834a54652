// XChaCha20-Poly1305 (IETF) with a random nonce, as either layer of a journal entry is encrypted. Bytes
// in, bytes out.

import b4a from 'b4a'
import sodium from 'sodium-universal'
import { randomBytes } from '../../identity/hash.ts'

export const NONCE_BYTES = 24
const TAG_BYTES = 16

export interface Sealed {
  /** 24 bytes. */
  nonce: Uint8Array
  /** 16 bytes longer than what is in it. */
  sealed: Uint8Array
}

export function seal(key: Uint8Array, plain: Uint8Array, associated: Uint8Array): Sealed {
  const nonce = randomBytes(NONCE_BYTES)
  const sealed = b4a.allocUnsafeSlow(plain.byteLength + TAG_BYTES)
  sodium.crypto_aead_xchacha20poly1305_ietf_encrypt(sealed, plain, associated, null, nonce, key)
  return { nonce, sealed }
}

/** Null where it does not authenticate. */
export function openSealed(
  key: Uint8Array,
  { nonce, sealed }: Sealed,
  associated: Uint8Array
): Uint8Array | null {
  if (sealed.byteLength < TAG_BYTES) return null
  const plain = b4a.allocUnsafe(sealed.byteLength - TAG_BYTES)
  try {
    sodium.crypto_aead_xchacha20poly1305_ietf_decrypt(plain, null, sealed, associated, nonce, key)
  } catch {
    return null
  }
  return plain
}
