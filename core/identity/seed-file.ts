// The device seed on a computer: one 0600 file, `TSEED` | u8 version | body. Version 1 holds the seed as
// it is, version 2 holds it under a passphrase; zeros where the magic was mean that a panic has begun.
// A phone keeps its seed in the keystore and hands it to the engine instead.
// Must never: log the seed, or have it on the disk twice.

import b4a from 'b4a'
import { lockedSeed } from '../encoding/memory/locked-seed.ts'
import type { LockedSeed } from '../encoding/memory/locked-seed.ts'
import { decode, encode } from '../encoding/wire.ts'
import { TemoinError } from '../errors.ts'
import { makeDirectories, path, readFileIfAny, writeFileAtomic } from '../runtime/fs.ts'
import { overwriteFile, replaceSecret, shredFile } from '../runtime/shred.ts'
import { randomBytes, wipe } from './hash.ts'
import { LOCK_COST, lockSeed, unlockSeed } from './passphrase.ts'
import type { LockCost } from './passphrase.ts'

const MAGIC = b4a.from('TSEED')
const PLAIN = 1
const LOCKED = 2
const SEED_BYTES = 32
const PLAIN_BYTES = MAGIC.byteLength + 1 + SEED_BYTES

export type SeedFile =
  { kind: 'none' } | { kind: 'plain'; seed: Uint8Array } | { kind: 'locked'; locked: LockedSeed }

/** Asked where the seed is under a passphrase. @returns UTF-8 bytes, wiped after use */
export type AskPassphrase = () => Promise<Uint8Array>

/** @throws TemoinError STORAGE_DAMAGED, DEVICE_WIPED */
export async function readSeedFile(dir: string): Promise<SeedFile> {
  const raw = await readFileIfAny(seedPath(dir))
  if (raw === null) return { kind: 'none' }
  if (isWiped(raw)) throw wiped()
  try {
    return readBody(raw)
  } finally {
    wipe(raw)
  }
}

/**
 * The seed of the device in `dir`, for the caller to wipe, or null where there is none.
 * @throws TemoinError DEVICE_LOCKED where nobody can be asked, PASSPHRASE_WRONG, STORAGE_DAMAGED, DEVICE_WIPED
 */
export async function loadSeed(dir: string, ask?: AskPassphrase): Promise<Uint8Array | null> {
  const file = await readSeedFile(dir)
  if (file.kind === 'none') return null
  if (file.kind === 'plain') return file.seed
  if (ask === undefined) throw lockedDevice()
  const passphrase = await ask()
  try {
    return await unlockSeed(file.locked, passphrase)
  } finally {
    wipe(passphrase)
  }
}

/**
 * Makes a fresh seed in `dir`; on disk, readable by its owner alone, before this resolves. Under a
 * passphrase from its first moment where one is given: then the bare seed was never on this disk.
 */
export async function createSeed(
  dir: string,
  passphrase?: Uint8Array,
  cost: LockCost = LOCK_COST
): Promise<Uint8Array> {
  const seed = randomBytes(SEED_BYTES)
  await makeDirectories(path.resolve(dir), 0o700)
  if (passphrase) await putUnderPassphrase(dir, seed, passphrase, cost)
  else await replace(dir, PLAIN, seed)
  return seed
}

/** Puts the seed in `dir` under a passphrase, for the first time or another one; the old form is overwritten. */
export async function putUnderPassphrase(
  dir: string,
  seed: Uint8Array,
  passphrase: Uint8Array,
  cost: LockCost = LOCK_COST
): Promise<void> {
  await replace(dir, LOCKED, encode(lockedSeed, await lockSeed(seed, passphrase, cost)))
}

/** The seed stands bare again. */
export async function takeFromPassphrase(dir: string, seed: Uint8Array): Promise<void> {
  await replace(dir, PLAIN, seed)
}

/**
 * The first act of a panic: zeros in place of the seed, and in place of what an interrupted `replace` has
 * left. The file stays until `removeWipedSeed`, to say that a panic has begun.
 */
export async function wipeSeed(dir: string): Promise<void> {
  const file = seedPath(dir)
  await overwriteFile(file)
  if (!(await isSeedWiped(dir))) await writeFileAtomic(file, b4a.alloc(PLAIN_BYTES), 0o600)
  await shredFile(file + '.tmp')
}

/** True where a panic has begun in `dir`. */
export async function isSeedWiped(dir: string): Promise<boolean> {
  const raw = await readFileIfAny(seedPath(dir))
  return raw !== null && isWiped(raw)
}

export async function removeWipedSeed(dir: string): Promise<void> {
  await shredFile(seedPath(dir))
}

async function replace(dir: string, version: number, body: Uint8Array): Promise<void> {
  const file = seedPath(dir)
  const bytes = b4a.concat([MAGIC, b4a.from([version]), body])
  await replaceSecret(file, () => writeFileAtomic(file, bytes, 0o600))
  wipe(bytes)
}

function readBody(raw: Uint8Array): SeedFile {
  const body = raw.subarray(MAGIC.byteLength + 1)
  const version = b4a.equals(raw.subarray(0, MAGIC.byteLength), MAGIC) ? raw[MAGIC.byteLength] : 0
  if (version === PLAIN && body.byteLength === SEED_BYTES) {
    return { kind: 'plain', seed: copyOf(body) }
  }
  if (version !== LOCKED) throw damaged()
  try {
    return { kind: 'locked', locked: decode(lockedSeed, b4a.from(body), 'locked seed') }
  } catch (err) {
    throw damaged(err)
  }
}

function copyOf(secret: Uint8Array): Uint8Array {
  const copy = b4a.allocUnsafeSlow(secret.byteLength)
  copy.set(secret)
  return copy
}

function isWiped(raw: Uint8Array): boolean {
  return raw.byteLength > 0 && raw.every((byte) => byte === 0)
}

function seedPath(dir: string): string {
  return path.join(dir, 'seed')
}

function damaged(cause?: unknown): TemoinError {
  return new TemoinError(
    'STORAGE_DAMAGED',
    'The seed of this device is damaged: restore the file "seed" from a backup, or use a new storage directory',
    { cause }
  )
}

function lockedDevice(): TemoinError {
  return new TemoinError(
    'DEVICE_LOCKED',
    'This device is locked: it opens with its passphrase alone'
  )
}

function wiped(): TemoinError {
  return new TemoinError(
    'DEVICE_WIPED',
    'A panic has wiped the keys of this device and was cut short: run "temoin panic" again to end it'
  )
}
