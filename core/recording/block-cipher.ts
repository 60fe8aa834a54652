// Sealing one block: XChaCha20-Poly1305 under a one-time key, so the nonce is all zeros; the
// associated data binds the block to its recording and its index.
// Must never: be given the same key twice. The ratchet sees to that.

import b4a from 'b4a'
import sodium from 'sodium-universal'
import { open, seal, TAG_BYTES, ZERO_NONCE } from '../identity/aead.ts'
import type { RecordingKey } from '../types/keys.ts'

export function sealBlock(
  key: Uint8Array,
  recording: RecordingKey,
  index: number,
  plain: Uint8Array
): Uint8Array {
  return seal(key, ZERO_NONCE, plain, boundTo(recording, index))
}

/** The plain bytes, or null where key, place or content do not fit. */
export function openBlock(
  key: Uint8Array,
  recording: RecordingKey,
  index: number,
  sealed: Uint8Array
): Uint8Array | null {
  return open(key, ZERO_NONCE, sealed, boundTo(recording, index))
}

/**
 * The first `bytes` of a block, NOT authenticated: only for a block that a signed tree vouches for, and
 * for nothing that a wrong answer would harm.
 */
export function peekBlock(key: Uint8Array, sealed: Uint8Array, bytes: number): Uint8Array {
  const plain = b4a.from(sealed.subarray(0, Math.min(bytes, sealed.byteLength - TAG_BYTES)))
  sodium.crypto_stream_xchacha20_xor_ic(plain, plain, ZERO_NONCE, 1, key) // 0 made the tag's key
  return plain
}

/** recording key | index as 8 bytes little-endian */
function boundTo(recording: RecordingKey, index: number): Uint8Array {
  const ad = b4a.allocUnsafe(40)
  ad.set(recording)
  new DataView(ad.buffer, ad.byteOffset + 32, 8).setBigUint64(0, BigInt(index), true)
  return ad
}
