// How a journal entry looks on disk and on the wire:
//
//   u8 version = 1 | 16 bytes epoch | 24 bytes nonce | XChaCha20-Poly1305 of the padded entry
//
// The nonce is random, the associated data is the journal's key and the index, the key belongs to the
// epoch that the block names. A journal may be re-read for years, so old epochs keep their keys.

import b4a from 'b4a'
import sodium from 'sodium-universal'
import { MAX_JOURNAL_ENTRY_BYTES } from '../../limits.ts'
import { encodeJournalEntry, EPOCH_BYTES, tagged } from '../../encoding/journal-entry.ts'
import type { JournalEntry } from '../../encoding/journal-entry.ts'
import {
  bad,
  bytes,
  decode,
  encode,
  fixed,
  struct,
  versioned,
  zeroPadded
} from '../../encoding/wire.ts'
import { randomBytes } from '../../identity/hash.ts'
import type { EpochId, JournalKey } from '../../types/keys.ts'

const NONCE_BYTES = 24
const TAG_BYTES = 16
/** Entries are padded to multiples of this, so that their kind cannot be told by their size. */
const BUCKET = 128

interface Envelope {
  epoch: EpochId
  nonce: Uint8Array
  sealed: Uint8Array
}

const envelope = versioned(
  1,
  struct<Envelope>({
    epoch: fixed(EPOCH_BYTES),
    nonce: bytes(NONCE_BYTES),
    sealed: bytes(MAX_JOURNAL_ENTRY_BYTES)
  })
)

const padded = zeroPadded(
  bytes(MAX_JOURNAL_ENTRY_BYTES),
  (length) => Math.ceil(length / BUCKET) * BUCKET
)

/** An epoch's name, and the key of its journal entries. */
export interface JournalCipherKey {
  id: EpochId
  journalKey: Uint8Array
}

export function sealJournalEntry(
  { id: epoch, journalKey: key }: JournalCipherKey,
  journal: JournalKey,
  index: number,
  entry: JournalEntry
): Uint8Array {
  const plain = encode(padded, encodeJournalEntry(entry))
  const nonce = randomBytes(NONCE_BYTES)
  const sealed = b4a.allocUnsafeSlow(plain.byteLength + TAG_BYTES)
  const ad = boundTo(journal, index)
  sodium.crypto_aead_xchacha20poly1305_ietf_encrypt(sealed, plain, ad, null, nonce, key)
  return encode(envelope, { epoch, nonce, sealed })
}

/** The epoch a block is encrypted under. @throws TemoinError BAD_ENCODING where it is no journal block */
export function epochOf(block: Uint8Array): EpochId {
  return decode(envelope, block, 'journal block').epoch
}

/**
 * @param key of the epoch that the block names
 * @throws TemoinError BAD_ENCODING where the block does not authenticate or is no entry
 */
export function openJournalEntry(
  key: Uint8Array,
  journal: JournalKey,
  index: number,
  block: Uint8Array
): JournalEntry {
  const { nonce, sealed } = decode(envelope, block, 'journal block')
  if (nonce.byteLength !== NONCE_BYTES || sealed.byteLength < TAG_BYTES) {
    throw bad('a journal block is too short')
  }
  const plain = b4a.allocUnsafeSlow(sealed.byteLength - TAG_BYTES)
  try {
    const ad = boundTo(journal, index)
    sodium.crypto_aead_xchacha20poly1305_ietf_decrypt(plain, null, sealed, ad, nonce, key)
  } catch {
    throw bad('a journal block does not open with the key of this circle')
  }
  return decode(tagged, decode(padded, plain, 'journal entry'), 'journal entry')
}

function boundTo(journal: JournalKey, index: number): Uint8Array {
  const ad = b4a.alloc(40)
  ad.set(journal)
  new DataView(ad.buffer, ad.byteOffset + 32, 8).setBigUint64(0, BigInt(index), true)
  return ad
}
