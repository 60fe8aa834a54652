// How a journal entry looks on disk and on the wire:
//
//   u8 version = 1 | 16 bytes epoch | 24 bytes nonce | XChaCha20-Poly1305 of the padded entry
//
// An entry is its outline, and its words where it has any: another XChaCha20-Poly1305 within the first,
// under a key that no relay has. Nonces are random. The associated data is the journal's key and the
// index, and of the words the outline as well, so that they stand by no other. The keys belong to the
// epoch that the block names. A journal may be re-read for years, so old epochs keep their keys.

import b4a from 'b4a'
import { NONCE_BYTES, open, seal } from '../../identity/aead.ts'
import { randomBytes } from '../../identity/hash.ts'
import { MAX_JOURNAL_ENTRY_BYTES } from '../../limits.ts'
import { EPOCH_BYTES } from '../../encoding/journal/journal-entry.ts'
import type { JournalEntry } from '../../encoding/journal/journal-entry.ts'
import { encodeOutline, outline } from '../../encoding/journal/journal-entry-outline.ts'
import {
  encodeWords,
  hasWords,
  joined,
  outlineOf,
  wordlessOutlineOf
} from '../../encoding/journal/journal-entry-words.ts'
import { bad, bytes, decode, encode, fixed } from '../../encoding/wire.ts'
import { optional, struct, versioned } from '../../encoding/wire.ts'
import { zeroPadded } from '../../encoding/zero-padded.ts'
import type { EpochId, JournalKey } from '../../types/keys.ts'

/** Either layer is padded to multiples of this, so that neither kind nor name can be told by a size. */
const BUCKET = 128

/** Either layer as it is encrypted. */
interface Sealed {
  /** 24 bytes. */
  nonce: Uint8Array
  /** 16 bytes longer than what is in it. */
  sealed: Uint8Array
}

/** A journal block as it is on the disk, not opened yet. */
export interface Envelope extends Sealed {
  epoch: EpochId
}

const sealed = { nonce: fixed(NONCE_BYTES), sealed: bytes(MAX_JOURNAL_ENTRY_BYTES) }
const envelope = versioned(1, struct<Envelope>({ epoch: fixed(EPOCH_BYTES), ...sealed }))

interface Layers {
  outline: Uint8Array
  words: Sealed | null
}

const padded = <T>(codec: Parameters<typeof zeroPadded<T>>[0]) =>
  zeroPadded(codec, (length) => Math.ceil(length / BUCKET) * BUCKET)
const layers = padded(
  struct<Layers>({
    outline: bytes(MAX_JOURNAL_ENTRY_BYTES),
    words: optional(struct<Sealed>(sealed))
  })
)
const paddedWords = padded(bytes(MAX_JOURNAL_ENTRY_BYTES))

/** An epoch's name, and the keys of its journal entries. */
export interface JournalCipherKey {
  id: EpochId
  outlineKey: Uint8Array
  /** Of words; null for a relay, which writes none. */
  journalKey: Uint8Array | null
}

/** Where a block stands, which it is bound to. */
export interface Place {
  journal: JournalKey
  index: number
}

export function sealJournalEntry(
  { id: epoch, outlineKey, journalKey }: JournalCipherKey,
  place: Place,
  entry: JournalEntry
): Uint8Array {
  const shown = journalKey === null ? wordlessOutlineOf(entry) : outlineOf(entry)
  const outline = encodeOutline(shown)
  const said = journalKey === null ? null : encodeWords(shown, entry)
  const words =
    said && freshlySealed(journalKey!, encode(paddedWords, said), boundTo(place, outline))
  const plain = encode(layers, { outline, words })
  return encode(envelope, { epoch, ...freshlySealed(outlineKey, plain, boundTo(place)) })
}

/** @throws TemoinError BAD_ENCODING where it is no journal block */
export function envelopeOf(block: Uint8Array): Envelope {
  return decode(envelope, block, 'journal block')
}

/** The epoch a block is encrypted under. @throws TemoinError BAD_ENCODING where it is no journal block */
export function epochOf(block: Uint8Array): EpochId {
  return envelopeOf(block).epoch
}

export interface OpenedEntry {
  /** Null where nothing of it can be read but that it is there. */
  entry: JournalEntry | null
  /** What counts of it, as it was written. */
  outline: Uint8Array
  /** It has words, and the key for them is not here. */
  isMuted: boolean
}

/**
 * Whether it opens is a matter of the outline alone, for everybody. Words that are not there, or are not
 * what they should be, are empty ones: a relay could not tell, and must not be told another history.
 *
 * @param keys of the epoch that the block names
 * @param block as it is on the disk, or what `envelopeOf` made of it
 * @param into where it is opened, if there is room: what is in it lasts until something else is
 * @throws TemoinError BAD_ENCODING where the block does not authenticate or is no entry
 */
export function openJournalEntry(
  { outlineKey, journalKey }: Omit<JournalCipherKey, 'id'>,
  place: Place,
  block: Uint8Array | Envelope,
  into: Uint8Array | null = null
): OpenedEntry {
  const { nonce, sealed } = 'epoch' in block ? block : envelopeOf(block)
  const plain = open(outlineKey, nonce, sealed, boundTo(place), into)
  if (plain === null) throw bad('a journal block does not open with the key of this circle')
  const { outline: bytes, words } = decode(layers, plain, 'journal entry')
  const said = decode(outline, bytes, 'journal entry')
  if (words !== null && !hasWords(said.kind)) throw bad('a journal entry has words of no use')
  const spoken = words && journalKey && wordsIn(openWords(words, journalKey, place, bytes))
  const isMuted = words !== null && journalKey === null
  return { entry: joined(said, spoken), outline: bytes, isMuted }
}

function openWords(
  { nonce, sealed }: Sealed,
  key: Uint8Array,
  place: Place,
  outline: Uint8Array
): Uint8Array | null {
  return open(key, nonce, sealed, boundTo(place, outline))
}

function freshlySealed(key: Uint8Array, plain: Uint8Array, associated: Uint8Array): Sealed {
  const nonce = randomBytes(NONCE_BYTES)
  return { nonce, sealed: seal(key, nonce, plain, associated) }
}

function wordsIn(plain: Uint8Array | null): Uint8Array | null {
  try {
    return plain && decode(paddedWords, plain, 'words of a journal entry')
  } catch {
    return null
  }
}

function boundTo({ journal, index }: Place, ...parts: Uint8Array[]): Uint8Array {
  const at = b4a.alloc(8)
  for (let i = 0, rest = index; rest > 0; i++, rest = Math.floor(rest / 256)) at[i] = rest % 256
  return b4a.concat([journal, at, ...parts])
}
