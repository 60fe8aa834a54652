// A small memory of the device in one file: 24 bytes nonce | XChaCha20-Poly1305 of an encoded value,
// under a key derived from the seed. Replaced whole, so a reader finds the old value or the new one.
// Saves that come while another is being written are written together.
// Must never: write once its key is forgotten; under a wiped key anybody could read it.

import b4a from 'b4a'
import { decode, encode } from '../../encoding/wire.ts'
import type { Codec } from '../../encoding/wire.ts'
import { NONCE_BYTES, open, seal } from '../../identity/aead.ts'
import { randomBytes, wipe } from '../../identity/hash.ts'
import { readFileIfAny, writeFileAtomic } from '../../runtime/fs.ts'
import { TemoinError } from '../../errors.ts'

export interface SealedFileOptions<T> {
  file: string
  /** 32 bytes. */
  key: Uint8Array
  codec: Codec<T>
  /** What the value is, for the error where it does not decode. */
  what: string
  /** What to say where the file does not open. */
  damaged: (cause?: unknown) => TemoinError
}

export class SealedFile<T> {
  readonly #options: Omit<SealedFileOptions<T>, 'key'>
  #key: Uint8Array | null
  #saving: Promise<void> = Promise.resolve()
  /** To be written as soon as what is being written is. */
  #next: { bytes: Uint8Array; done: Promise<void> } | null = null

  constructor({ key, ...options }: SealedFileOptions<T>) {
    this.#options = options
    this.#key = key
  }

  /** The value last saved, or null where there is none yet. */
  async load(): Promise<T | null> {
    const { file, codec, what, damaged } = this.#options
    const raw = await readFileIfAny(file)
    if (raw === null) return null
    if (this.#key === null) throw forgotten()
    const plain = open(this.#key, raw.subarray(0, NONCE_BYTES), raw.subarray(NONCE_BYTES))
    if (plain === null) throw damaged()
    try {
      return decode(codec, plain, what)
    } catch (cause) {
      throw damaged(cause) // of another version, perhaps
    }
  }

  /** Saves the value as it is now; durable, it or a later one, when the promise resolves. */
  save(value: T): Promise<void> {
    if (this.#key === null) return Promise.reject(forgotten())
    const plain = encode(this.#options.codec, value)
    const nonce = randomBytes(NONCE_BYTES)
    const sealed = seal(this.#key, nonce, plain)
    wipe(plain)
    return this.#write(b4a.concat([nonce, sealed]))
  }

  /** Wipes the key: from here on nothing is saved. Resolves when what was being saved is. */
  async forget(): Promise<void> {
    if (this.#key !== null) wipe(this.#key)
    this.#key = null
    await this.#saving.catch(() => {})
  }

  #write(bytes: Uint8Array): Promise<void> {
    if (this.#next !== null) {
      this.#next.bytes = bytes
      return this.#next.done
    }
    const next = { bytes, done: this.#saving.catch(() => {}).then(() => this.#writeNext()) }
    this.#next = next
    this.#saving = next.done
    return next.done
  }

  #writeNext(): Promise<void> {
    const { bytes } = this.#next!
    this.#next = null
    return writeFileAtomic(this.#options.file, bytes)
  }
}

function forgotten(): TemoinError {
  return new TemoinError('CLOSED', 'The memory of this device is closed')
}
