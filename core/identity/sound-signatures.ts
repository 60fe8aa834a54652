// Checks signatures, and remembers those that were sound: the same receipt comes over a link and in a
// journal, the same signature of an author in the receipts of all its holders, and what is said of a film
// that rests is weighed anew whenever somebody asks. A check takes many times as long as a look.
// Must never: take one for sound that was not checked: key, signature and message are remembered together.

import b4a from 'b4a'
import crypto from 'hypercore-crypto'
import { labelled } from './hash.ts'

/** About 1 MiB for both halves. */
const HALF = 4096

export class SoundSignatures {
  readonly #half: number
  #newer = new Set<string>()
  #older = new Set<string>()

  /** @param half remembered in each of two halves; the older is forgotten when the newer is full */
  constructor(half = HALF) {
    this.#half = half
  }

  /** Remembered now. */
  get size(): number {
    return this.#newer.size + this.#older.size
  }

  /**
   * True where `signature` is `key`'s over these bytes. Never throws on bad evidence.
   *
   * @param signature Ed25519, 64 bytes
   * @param key 32 bytes
   */
  has(message: Uint8Array, signature: Uint8Array, key: Uint8Array): boolean {
    if (signature.byteLength !== 64 || key.byteLength !== 32) return false
    const id = b4a.toString(labelled('temoin/sound/1', key, signature, message), 'base64')
    if (this.#newer.has(id)) return true
    if (!this.#older.delete(id) && !crypto.verify(message, signature, key)) return false
    this.#remember(id)
    return true
  }

  #remember(id: string): void {
    if (this.#newer.size === this.#half) {
      this.#older = this.#newer
      this.#newer = new Set()
    }
    this.#newer.add(id)
  }
}

const sound = new SoundSignatures()

/** {@link SoundSignatures.has}, of all that this process has checked. */
export function isSound(message: Uint8Array, signature: Uint8Array, key: Uint8Array): boolean {
  return sound.has(message, signature, key)
}
