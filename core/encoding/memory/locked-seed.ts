// A device seed under a passphrase, as it stands in the file `seed` behind its magic and version. What
// it costs to try one passphrase is written down with it, so that it can grow: a seed locked years ago
// opens by its own numbers, and gets today's when its passphrase is next set.

import { checked, fixed, struct, uint } from '../wire.ts'

/** Argon2id of libsodium: 16 bytes of salt. */
export const SALT_BYTES = 16
/** XChaCha20-Poly1305: the nonce, and the seed with its tag behind it. */
export const SEED_NONCE_BYTES = 24
export const SEALED_SEED_BYTES = 48

/** Hostile or mangled numbers must not make an unlock eat all memory, or run for an hour. */
const MAX_PASSES = 64
const MAX_MEMORY_KIB = 2 * 1024 * 1024
/** libsodium's own floors for Argon2id. */
const MIN_PASSES = 1
const MIN_MEMORY_KIB = 8

export interface LockedSeed {
  /** Passes over the memory: libsodium's `opslimit`. */
  passes: number
  /** Memory of one try, KiB: libsodium's `memlimit` / 1024. */
  memoryKiB: number
  salt: Uint8Array
  nonce: Uint8Array
  /** The seed under the key that passphrase and salt give. */
  sealed: Uint8Array
}

const passes = checked(uint, within(MIN_PASSES, MAX_PASSES), 'its passes are out of bounds')
const memory = checked(uint, within(MIN_MEMORY_KIB, MAX_MEMORY_KIB), 'its memory is out of bounds')

const cost = { passes, memoryKiB: memory, salt: fixed(SALT_BYTES) }

/** What the key depends on besides the passphrase; authenticated together with the seed. */
export const lockCost = struct<Pick<LockedSeed, 'passes' | 'memoryKiB' | 'salt'>>(cost)

export const lockedSeed = struct<LockedSeed>({
  ...cost,
  nonce: fixed(SEED_NONCE_BYTES),
  sealed: fixed(SEALED_SEED_BYTES)
})

function within(least: number, most: number): (value: number) => boolean {
  return (value) => value >= least && value <= most
}
