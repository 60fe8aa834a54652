// Puts a device seed under a passphrase, and takes it out again. The key is Argon2id of the passphrase
// (RFC 9106; libsodium's crypto_pwhash), so each guess costs an attacker the memory and the time it
// cost the owner. Off the main thread: a film goes on meanwhile.
// Must never: say how near a wrong passphrase came, or keep one.

import b4a from 'b4a'
import sodium from 'sodium-universal'
import { lockCost, SALT_BYTES, SEED_NONCE_BYTES } from '../encoding/memory/locked-seed.ts'
import type { LockedSeed } from '../encoding/memory/locked-seed.ts'
import { encode } from '../encoding/wire.ts'
import { TemoinError } from '../errors.ts'
import { open, seal } from './aead.ts'
import { randomBytes, wipe } from './hash.ts'

/** What one try costs. */
export type LockCost = Pick<LockedSeed, 'passes' | 'memoryKiB'>

/**
 * libsodium's "moderate" Argon2id: 3 passes over 256 MiB. Half a second on the machines we measured; it
 * is four times the memory of RFC 9106's choice for small devices (3 passes, 64 MiB).
 */
export const LOCK_COST: LockCost = { passes: 3, memoryKiB: 256 * 1024 }

/** The floor below which guessing needs no patience; it is not a measure of strength. */
export const MIN_PASSPHRASE_CHARS = 12
const MIN_DIFFERENT_CHARS = 5
/** More than anybody types. */
const MAX_PASSPHRASE_BYTES = 1024

/**
 * Text as typed, in one form on every keyboard (Unicode NFKC, as RFC 8265 has it for passwords).
 * @returns UTF-8, for the caller to wipe
 * @throws TemoinError BAD_INPUT where it is longer than anybody types
 */
export function passphraseBytes(text: string): Uint8Array {
  const bytes = b4a.from(text.normalize('NFKC'))
  if (bytes.byteLength <= MAX_PASSPHRASE_BYTES) return bytes
  throw new TemoinError('BAD_INPUT', `A passphrase has at most ${MAX_PASSPHRASE_BYTES} bytes`)
}

/** @throws TemoinError BAD_INPUT where a passphrase is too weak to be worth the name */
export function assertStrongEnough(text: string): void {
  const chars = [...text.normalize('NFKC')]
  if (chars.length >= MIN_PASSPHRASE_CHARS && new Set(chars).size >= MIN_DIFFERENT_CHARS) return
  throw new TemoinError(
    'BAD_INPUT',
    `A passphrase needs at least ${MIN_PASSPHRASE_CHARS} characters, ${MIN_DIFFERENT_CHARS} of them different: take five words that chance picks, not a date or a PIN`
  )
}

/** @param seed 32 bytes, left as it is. Takes as long as `cost` says. */
export async function lockSeed(
  seed: Uint8Array,
  passphrase: Uint8Array,
  cost: LockCost = LOCK_COST
): Promise<LockedSeed> {
  const { passes, memoryKiB } = cost
  const bound = { passes, memoryKiB, salt: randomBytes(SALT_BYTES) }
  const nonce = randomBytes(SEED_NONCE_BYTES)
  const key = await keyOf(passphrase, bound)
  const sealed = seal(key, nonce, seed, encode(lockCost, bound))
  wipe(key)
  return { ...bound, nonce, sealed }
}

/** @throws TemoinError PASSPHRASE_WRONG. @returns 32 bytes, for the caller to wipe */
export async function unlockSeed(locked: LockedSeed, passphrase: Uint8Array): Promise<Uint8Array> {
  const { passes, memoryKiB, salt, nonce, sealed } = locked
  const key = await keyOf(passphrase, locked)
  const seed = open(key, nonce, sealed, encode(lockCost, { passes, memoryKiB, salt }))
  wipe(key)
  if (seed !== null) return seed
  throw new TemoinError('PASSPHRASE_WRONG', 'The passphrase does not open this device: try again')
}

async function keyOf(
  passphrase: Uint8Array,
  { salt, passes, memoryKiB }: Pick<LockedSeed, 'salt' | 'passes' | 'memoryKiB'>
): Promise<Uint8Array> {
  const key = b4a.allocUnsafeSlow(32)
  const { crypto_pwhash_async: argon2, crypto_pwhash_ALG_ARGON2ID13: algorithm } = sodium
  try {
    await argon2(key, passphrase, salt, passes, memoryKiB * 1024, algorithm)
  } catch (err) {
    throw outOfMemory(memoryKiB, err)
  }
  return key
}

/** The one thing that can go wrong in it. */
function outOfMemory(memoryKiB: number, cause: unknown): TemoinError {
  const mebibytes = Math.ceil(memoryKiB / 1024)
  return new TemoinError(
    'BAD_STATE',
    `This machine has not the ${mebibytes} MiB of free memory that a passphrase takes: close something, then try again`,
    { cause }
  )
}
