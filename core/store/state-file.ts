// The device's small memory, one file: 24 bytes nonce | XChaCha20-Poly1305 of a `DeviceState`, under a
// key derived from the seed. Replaced whole, so a reader finds the old state or the new one.
// Must never: write once its key is forgotten; under a wiped key anybody could read it.

import b4a from 'b4a'
import sodium from 'sodium-universal'
import { TemoinError } from '../errors.ts'
import { deviceState } from '../encoding/device-state.ts'
import type { DeviceState } from '../encoding/device-state.ts'
import { decode, encode } from '../encoding/wire.ts'
import type { DeviceKeys } from '../identity/device-keys.ts'
import { randomBytes, wipe } from '../identity/hash.ts'
import { path, readFileIfAny, writeFileAtomic } from '../runtime/fs.ts'
import { shredFile } from '../runtime/shred.ts'

const NONCE_BYTES = 24
const TAG_BYTES = 16

export class StateFile {
  readonly #file: string
  #key: Uint8Array | null
  #saving: Promise<void> = Promise.resolve()

  constructor(dir: string, keys: DeviceKeys) {
    this.#file = path.join(dir, 'state')
    this.#key = keys.secret('temoin/state-key/1')
  }

  /** The state last saved, or null where there is none yet. */
  async load(): Promise<DeviceState | null> {
    const raw = await readFileIfAny(this.#file)
    if (raw === null) return null
    const plain = open(raw, this.#secret)
    if (plain === null) throw damaged()
    return decode(deviceState, plain, 'device state')
  }

  /** Saves after every earlier save; durable when it resolves. */
  save(state: DeviceState): Promise<void> {
    if (this.#key === null) return Promise.reject(forgotten())
    const plain = encode(deviceState, state)
    const bytes = seal(plain, this.#key)
    wipe(plain)
    this.#saving = this.#saving.catch(() => {}).then(() => writeFileAtomic(this.#file, bytes))
    return this.#saving
  }

  /** Wipes the key: from here on nothing is saved. Resolves when what was being saved is. */
  async forget(): Promise<void> {
    if (this.#key !== null) wipe(this.#key)
    this.#key = null
    await this.#saving.catch(() => {})
  }

  get #secret(): Uint8Array {
    if (this.#key === null) throw forgotten()
    return this.#key
  }
}

/** Takes the state from the disk, before anything else of a panic can be read with it. */
export async function wipeState(dir: string): Promise<void> {
  for (const name of ['state', 'state.tmp']) await shredFile(path.join(dir, name))
}

function open(raw: Uint8Array, key: Uint8Array): Uint8Array | null {
  if (raw.byteLength < NONCE_BYTES + TAG_BYTES) return null
  const nonce = raw.subarray(0, NONCE_BYTES)
  const sealed = raw.subarray(NONCE_BYTES)
  const plain = b4a.allocUnsafeSlow(sealed.byteLength - TAG_BYTES)
  try {
    sodium.crypto_aead_xchacha20poly1305_ietf_decrypt(plain, null, sealed, null, nonce, key)
    return plain
  } catch {
    return null
  }
}

function seal(plain: Uint8Array, key: Uint8Array): Uint8Array {
  const nonce = randomBytes(NONCE_BYTES)
  const sealed = b4a.allocUnsafe(plain.byteLength + TAG_BYTES)
  sodium.crypto_aead_xchacha20poly1305_ietf_encrypt(sealed, plain, null, null, nonce, key)
  return b4a.concat([nonce, sealed])
}

function forgotten(): TemoinError {
  return new TemoinError('CLOSED', 'The memory of this device is closed')
}

function damaged(): TemoinError {
  return new TemoinError(
    'STORAGE_DAMAGED',
    'The memory of this device (file "state") is damaged or belongs to another seed: restore it from a backup, or move it aside and join the circle again'
  )
}
