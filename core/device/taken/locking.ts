// What locking a running device means. It forgets what opens films; what carries on the handing on and
// the holding stays in memory: the signing key (links, receipts, new parts of a film), the keys of the
// circles (journals must be read to know what to hold), and the secrets of the film that is running.
// Must never: lock where nothing would be asked for.

import { TemoinError } from '../../errors.ts'
import type { DeviceKeys } from '../../identity/device-keys.ts'
import { wipe } from '../../identity/hash.ts'
import { loadSeed, readSeedFile } from '../../identity/seed-file.ts'

/** What a locked device goes on with, and what waits until it is unlocked. */
export const WHILE_LOCKED = {
  goesOn: ['film', 'hand-on', 'hold', 'sign-receipts', 'admit-by-open-invites'],
  waits: ['watch', 'export', 'invite', 'join', 'revoke', 'found', 'rename']
} as const

/** What opens a locked device again. A passphrase is wiped. */
export type Opener = { passphrase: Uint8Array } | { seed: Uint8Array }

export interface LockingOptions {
  dir: string
  /** The seed is in a keystore, not in `dir`. */
  keptElsewhere: boolean
  keys: DeviceKeys
  /** Called after each change: lets go of readers, or finds them again. */
  onChange: (locked: boolean) => void
}

export class Locking {
  readonly #options: LockingOptions
  #closed = false

  constructor(options: LockingOptions) {
    this.#options = options
  }

  get isLocked(): boolean {
    return this.#options.keys.isLocked
  }

  /** @throws TemoinError BAD_STATE where it would be none: anybody could read the seed */
  async lock(): Promise<typeof WHILE_LOCKED> {
    const { dir, keptElsewhere, keys, onChange } = this.#options
    if (!keptElsewhere && (await readSeedFile(dir)).kind !== 'locked') throw nothingToLockWith()
    keys.lock()
    onChange(true)
    return WHILE_LOCKED
  }

  /** @throws TemoinError PASSPHRASE_WRONG */
  async unlock(opener: Opener): Promise<void> {
    const { dir, keys, onChange } = this.#options
    const seed = await seedFor(dir, opener)
    if (this.#closed) wipe(seed)
    if (this.#closed || !keys.unlock(seed)) throw wrong()
    onChange(false)
  }

  /** What changes who belongs waits for the owner. @throws TemoinError DEVICE_LOCKED */
  assertUnlocked(): void {
    if (this.isLocked) throw locked()
  }

  /** From here on nothing is unlocked: the keys are being wiped. */
  close(): void {
    this.#closed = true
  }
}

/** For the caller to wipe. */
async function seedFor(dir: string, opener: Opener): Promise<Uint8Array> {
  if ('seed' in opener) return Uint8Array.from(opener.seed)
  const seed = await loadSeed(dir, () => Promise.resolve(opener.passphrase))
  if (seed !== null) return seed
  throw new TemoinError('DEVICE_MISSING', 'The seed of this device is gone from its directory')
}

function nothingToLockWith(): TemoinError {
  return new TemoinError(
    'BAD_STATE',
    'This device has no passphrase to lock it with: set one first with "temoin lock"'
  )
}

function wrong(): TemoinError {
  return new TemoinError('PASSPHRASE_WRONG', 'This does not open this device: try again')
}

function locked(): TemoinError {
  return new TemoinError(
    'DEVICE_LOCKED',
    'This device is locked: unlock it first; filming, handing on and holding go on meanwhile'
  )
}
