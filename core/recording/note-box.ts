// What is said of a recording afterwards, sealed to whoever can open it: an X25519 pair follows from the first
// chain key. Whoever filmed needs no more than the public half, which stands in block 0, and opens no note with
// it, its own included.
// Must never: be given a key of a device; who reads a note is who reads the film.

import crypto from 'hypercore-crypto'
import type { KeyPair } from 'hypercore-crypto'
import { derive, wipe } from '../identity/hash.ts'
import type { ChainKey } from '../types/keys.ts'

/** @param first chain key of block 0; the caller wipes the secret half */
export function noteKeysOf(first: ChainKey): KeyPair {
  const seed = derive(first, 'temoin/note-key/1')
  const keys = crypto.encryptionKeyPair(seed)
  wipe(seed)
  return keys
}

/** The public half alone. */
export function noteKeyOf(first: ChainKey): Uint8Array {
  const { publicKey, secretKey } = noteKeysOf(first)
  wipe(secretKey)
  return publicKey
}

/** 48 bytes longer than it. */
export function sealNote(noteKey: Uint8Array, note: Uint8Array): Uint8Array {
  return crypto.encrypt(note, noteKey)
}

/** Null where it was not sealed to these. */
export function openNote(keys: KeyPair, sealed: Uint8Array): Uint8Array | null {
  return crypto.decrypt(sealed, keys)
}
