// The device seed on a computer: one 0600 file, `TSEED` | u8 version = 1 | 32 bytes seed.
// A phone keeps its seed in the keystore and hands it to the engine instead.
// Must never: log the seed, or write it anywhere else.

import b4a from 'b4a'
import { TemoinError } from '../errors.ts'
import { fs, path, readFileIfAny, writeFileAtomic } from '../runtime/fs.ts'
import { randomBytes } from './hash.ts'

const MAGIC = b4a.from('TSEED')
const VERSION = 1
const SEED_BYTES = 32

/** Returns the seed of the device in `dir`, or null where there is none. */
export async function loadSeed(dir: string): Promise<Uint8Array | null> {
  const file = seedPath(dir)
  const raw = await readFileIfAny(file)
  if (raw === null) return null
  const seed = raw.subarray(MAGIC.byteLength + 1)
  if (
    !b4a.equals(raw.subarray(0, MAGIC.byteLength), MAGIC) ||
    raw[MAGIC.byteLength] !== VERSION ||
    seed.byteLength !== SEED_BYTES
  ) {
    throw new TemoinError(
      'STORAGE_DAMAGED',
      'The seed of this device is damaged: restore the file "seed" from a backup, or use a new storage directory'
    )
  }
  return b4a.from(seed)
}

/** Makes a fresh seed in `dir`; it is on disk, readable by its owner alone, before this resolves. */
export async function createSeed(dir: string): Promise<Uint8Array> {
  const seed = randomBytes(SEED_BYTES)
  await fs.promises.mkdir(dir, { recursive: true, mode: 0o700 })
  await writeFileAtomic(seedPath(dir), b4a.concat([MAGIC, b4a.from([VERSION]), seed]), 0o600)
  return seed
}

function seedPath(dir: string): string {
  return path.join(dir, 'seed')
}
