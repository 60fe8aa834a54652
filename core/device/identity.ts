// Who this device is, and what it remembers: its keys from the seed, its state from the file under them.
// Made where it is asked for, never by the way.

import b4a from 'b4a'
import type { DeviceState } from '../encoding/device-state.ts'
import { TemoinError } from '../errors.ts'
import { DeviceKeys } from '../identity/device-keys.ts'
import { wipe } from '../identity/hash.ts'
import { createSeed, loadSeed, readSeedFile } from '../identity/seed-file.ts'
import type { AskPassphrase } from '../identity/seed-file.ts'
import { StateFile } from '../store/files/state-file.ts'

export interface IdentityOptions {
  dir: string
  /** Make the device where there is none, with this name; under the passphrase asked for where `locked`. */
  create?: { name: string; locked?: boolean }
  /** The seed, where something else keeps it (a phone's keystore); copied. */
  seed?: Uint8Array
  /** Asked for where the seed is under a passphrase. Without it such a device is an error. */
  passphrase?: AskPassphrase
}

export interface Identity {
  keys: DeviceKeys
  stateFile: StateFile
  state: DeviceState
}

/** Before anything is made in a directory where there is none. Damage is told later, by who reads it. */
export async function assertDevice({ dir, create, seed }: IdentityOptions): Promise<void> {
  const kind = await kindOfSeed(dir)
  if (kind === 'none' && !seed && !create) throw deviceMissing()
}

/** @throws TemoinError DEVICE_MISSING, DEVICE_LOCKED, PASSPHRASE_WRONG, STORAGE_DAMAGED */
export async function openIdentity(options: IdentityOptions): Promise<Identity> {
  const keys = new DeviceKeys(await ownSeed(options))
  const stateFile = new StateFile(options.dir, keys)
  const known = await stateFile.load()
  if (known !== null) return { keys, stateFile, state: known }
  const state = { name: options.create?.name ?? '', port: 0, circles: [] }
  await stateFile.save(state)
  return { keys, stateFile, state }
}

/** Everything of it that opens something, out of memory. */
export async function forgetIdentity({ keys, stateFile, state }: Identity): Promise<void> {
  keys.wipe()
  await stateFile.forget()
  for (const { secret, later } of state.circles)
    for (const { bytes } of [secret, ...later]) wipe(bytes)
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
