// Opens the blocks of one recording, for who has its first chain key: a reader through its wrapped
// key, a verifier through the key in an evidence package. Blocks may be opened in any order; moving
// back costs at most `KEEP_EVERY` hashes.
// Must never: return bytes of a block that did not authenticate; `span` returns two numbers only.

import type { ChainKey, RecordingKey } from '../types/keys.ts'
import { TemoinError } from '../errors.ts'
import { decodeEntry, SPAN_BYTES, spanOf } from '../encoding/recording/entry.ts'
import type { Entry, Span } from '../encoding/recording/entry.ts'
import { privateHeader, publicHeader } from '../encoding/recording/header.ts'
import type { PrivateHeader, PublicHeader } from '../encoding/recording/header.ts'
import { decode } from '../encoding/wire.ts'
import { wipe } from '../identity/hash.ts'
import { TAG_BYTES } from '../identity/aead.ts'
import { openBlock, peekBlock } from './block-cipher.ts'
import { noteKeyOf, noteKeysOf, openNote } from './note-box.ts'
import { Ratchet } from './ratchet.ts'
import { findWrapped } from './wrapped-keys.ts'

/** A ratchet is remembered every so many blocks: 32 bytes each, a quarter of an hour of film. */
const KEEP_EVERY = 4096

export class RecordingReader {
  readonly key: RecordingKey
  readonly public: PublicHeader
  readonly private: PrivateHeader
  readonly #kept: Ratchet[]
  #at: Ratchet

  private constructor(key: RecordingKey, header: PublicHeader, chainKey: ChainKey) {
    this.key = key
    this.public = header
    this.#at = new Ratchet(chainKey)
    this.#kept = [this.#at.clone()]
    this.private = decode(privateHeader, this.#open(0, header.sealed), 'recording header')
  }

  /**
   * For a device: finds its wrapped key in block 0, or returns null where there is none for it.
   *
   * @param granted keys that others have wrapped for it since: one that opens nothing is passed over
   * @throws TemoinError BAD_ENCODING where block 0 is no header, or does not open with its own key
   */
  static find(
    key: RecordingKey,
    block0: Uint8Array,
    unwrap: (sealed: Uint8Array) => Uint8Array | null,
    granted: readonly Uint8Array[] = []
  ): RecordingReader | null {
    const header = readPublicHeader(block0)
    for (const box of granted) {
      const reader = RecordingReader.#tryOne(key, header, findWrapped([box], unwrap))
      if (reader !== null) return reader
    }
    const chainKey = findWrapped(header.wrappedKeys, unwrap)
    if (chainKey === null) return null
    try {
      return new RecordingReader(key, header, chainKey)
    } finally {
      wipe(chainKey)
    }
  }

  /** For who was given the first chain key. */
  static withKey(key: RecordingKey, block0: Uint8Array, chainKey: ChainKey): RecordingReader {
    return new RecordingReader(key, readPublicHeader(block0), chainKey)
  }

  /** Whoever gives a key may lie. */
  static #tryOne(
    key: RecordingKey,
    header: PublicHeader,
    chainKey: ChainKey | null
  ): RecordingReader | null {
    if (chainKey === null) return null
    try {
      return new RecordingReader(key, header, chainKey)
    } catch {
      return null
    } finally {
      wipe(chainKey)
    }
  }

  /** @throws TemoinError BAD_ENCODING where the block does not authenticate or is no entry */
  entry(index: number, block: Uint8Array): Entry {
    return decodeEntry(this.#open(index, block))
  }

  /**
   * Where the fragment in a block stands, or null where it holds something else. Looks at its first
   * bytes, and does not check that the rest is genuine: that is for the tree its author signed.
   */
  span(index: number, block: Uint8Array): Span | null {
    const key = this.#keyAt(index)
    const start = peekBlock(key, block, SPAN_BYTES)
    wipe(key)
    return spanOf(start, block.byteLength - TAG_BYTES)
  }

  /** The key that opens this recording from its first block on: for a grant, or an evidence package. */
  chainKey(): ChainKey {
    return this.#kept[0]!.chainKey()
  }

  /** What notes about this recording are sealed with: worked out, whatever block 0 says. 32 bytes. */
  get noteKey(): Uint8Array {
    const first = this.chainKey()
    const noteKey = noteKeyOf(first)
    wipe(first)
    return noteKey
  }

  /** Opens what was sealed with `noteKey`, or returns null. */
  openNotes(sealed: readonly Uint8Array[]): (Uint8Array | null)[] {
    const first = this.chainKey()
    const keys = noteKeysOf(first)
    const notes = sealed.map((one) => openNote(keys, one))
    for (const secret of [first, keys.secretKey]) wipe(secret)
    return notes
  }

  /** Forgets every key. */
  wipe(): void {
    this.#at.wipe()
    for (const ratchet of this.#kept) ratchet.wipe()
  }

  #open(index: number, sealed: Uint8Array): Uint8Array {
    const key = this.#keyAt(index)
    const plain = openBlock(key, this.key, index, sealed)
    wipe(key)
    if (plain === null) {
      throw new TemoinError(
        'BAD_ENCODING',
        `Block ${index} does not open with this recording's key`
      )
    }
    return plain
  }

  #keyAt(index: number): Uint8Array {
    if (index < this.#at.index) {
      const nearest = Math.min(Math.floor(index / KEEP_EVERY), this.#kept.length - 1)
      this.#at.wipe()
      this.#at = this.#kept[nearest]!.clone()
    }
    while (this.#at.index < index) wipe(this.#step())
    return this.#step()
  }

  #step(): Uint8Array {
    const key = this.#at.next()
    if (this.#at.index === this.#kept.length * KEEP_EVERY) this.#kept.push(this.#at.clone())
    return key
  }
}

/** What anyone may read of block 0. @throws TemoinError BAD_ENCODING */
export function readPublicHeader(block0: Uint8Array): PublicHeader {
  return decode(publicHeader, block0, 'recording header')
}
