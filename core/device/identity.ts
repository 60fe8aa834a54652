// Who this device is, and what it remembers: its keys from the seed, its state from the file under them.
// Made where it is asked for, never by the way.

import b4a from 'b4a'
import type { DeviceState } from '../encoding/memory/device-state.ts'
import { TemoinError } from '../errors.ts'
import { DeviceKeys } from '../identity/device-keys.ts'
import { wipe } from '../identity/hash.ts'
import { createSeed, loadSeed, readSeedFile } from '../identity/seed-file.ts'
import type { AskPassphrase } from '../identity/seed-file.ts'
import { PairingMemory } from '../exchange/members/pairing-memory.ts'
import { PairingFile, StateFile } from '../store/files/state-file.ts'

export interface IdentityOptions {
  dir: string
  /** Make the device where there is none, with this name; under the passphrase asked for where `locked`. */
  create?: { name: string; locked?: boolean }
  /** The seed, where something else keeps it (a phone's keystore); copied. */
  seed?: Uint8Array
  /** Asked for where the seed is under a passphrase. Without it such a device is an error. */
  passphrase?: AskPassphrase
}

/** Before anything is made in a directory where there is none. Damage is told later, by who reads it. */
export async function assertDevice({ dir, create, seed }: IdentityOptions): Promise<void> {
  const kind = await kindOfSeed(dir)
  if (kind === 'none' && !seed && !create) throw deviceMissing()
}

export class Identity {
  readonly keys: DeviceKeys
  readonly pairing: PairingMemory
  state: DeviceState
  readonly #file: StateFile

  private constructor(dir: string, keys: DeviceKeys, fresh: DeviceState, now: () => number) {
    this.keys = keys
    this.state = fresh
    this.pairing = new PairingMemory(new PairingFile(dir, keys), now)
    this.#file = new StateFile(dir, keys)
  }

  /** @throws TemoinError DEVICE_MISSING, DEVICE_LOCKED, PASSPHRASE_WRONG, STORAGE_DAMAGED */
  static async open(options: IdentityOptions, now: () => number): Promise<Identity> {
    const keys = new DeviceKeys(await ownSeed(options))
    const fresh = { name: options.create?.name ?? '', port: 0, circles: [] }
    const identity = new Identity(options.dir, keys, fresh, now)
    try {
      await identity.#load()
      return identity
    } catch (err) {
      await identity.forget()
      throw err
    }
  }

  async #load(): Promise<void> {
    const known = await this.#file.load()
    if (known === null) await this.save()
    else this.state = known
    await this.pairing.ready()
  }

  /** Durable when it resolves. */
  save(): Promise<void> {
    return this.#file.save(this.state)
  }

  /** Opens no film and writes nothing any more, in a panic, while all that runs is still closing. */
  async abandon(): Promise<void> {
    this.keys.lock()
    await this.#file.forget()
    await this.pairing.wipe()
  }

  /** Everything of it that opens something, out of memory. */
  async forget(): Promise<void> {
    this.keys.wipe()
    await this.#file.forget()
    await this.pairing.close()
    await this.pairing.wipe() // where it was never open
    for (const { secret, later } of this.state.circles)
      for (const { bytes } of [secret, ...later]) wipe(bytes)
  }
}

async function ownSeed({ dir, create, seed, passphrase }: IdentityOptions): Promise<Uint8Array> {
  if (seed) return b4a.from(seed)
  const found = await loadSeed(dir, passphrase)
  if (found !== null) return found
  if (!create) throw deviceMissing()
  if (!create.locked) return createSeed(dir)
  const given = await passphrase!()
  try {
    return await createSeed(dir, given)
  } finally {
    wipe(given)
  }
}

async function kindOfSeed(dir: string): Promise<'none' | 'there'> {
  try {
    return (await readSeedFile(dir)).kind === 'none' ? 'none' : 'there'
  } catch (err) {
    if (TemoinError.is(err, 'DEVICE_WIPED')) throw err
    return 'there'
  }
}

function deviceMissing(): TemoinError {
  return new TemoinError(
    'DEVICE_MISSING',
    'There is no device in this directory yet: make one with "temoin init"'
  )
}
