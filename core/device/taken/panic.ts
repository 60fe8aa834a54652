// The panic: everything here that opens anything is destroyed first, then what others are known to hold
// is deleted. A function of a directory, so that it needs no passphrase, no sound store, and nobody's
// leave: another process of ours on it is ended. Each step can be cut short; running it again ends it.
// Must never: delete, unless it is told to, what nobody else is known to hold.

import { TemoinError } from '../../errors.ts'
import { isSeedWiped, removeWipedSeed, wipeSeed } from '../../identity/seed-file.ts'
import { exists, fs, path, syncDirectory } from '../../runtime/fs.ts'
import { FileLock, lockOwner } from '../../runtime/lock.ts'
import { endProcess } from '../../runtime/process.ts'
import { DATA_FILES, wipeData } from '../../store/files/wipe-data.ts'
import type { WipedData } from '../../store/files/wipe-data.ts'
import { wipeState } from '../../store/files/state-file.ts'

/** What says that a directory is a device of ours, or was. */
const OURS = ['seed', 'state', 'pairing', 'store', ...DATA_FILES]
/** How long a process that was ended may take to let go of its lock. */
const PATIENCE_MS = 5000
const LOOK_EVERY_MS = 25

export interface PanicOptions {
  /** Delete as well what nobody else is known to hold. @default false */
  everything?: boolean
  /** Nothing in the directory opens anything from here on. */
  onKeysWiped?: () => void
}

export interface Wiped extends WipedData {
  /** A process that had the directory and could not be ended: it still has keys in its memory. */
  running: boolean
}

/** @throws TemoinError DEVICE_MISSING, or what the system says where it does not let the keys be wiped */
export async function panic(dir: string, options: PanicOptions = {}): Promise<Wiped> {
  await assertOurs(dir)
  await wipeKeys(dir)
  options.onKeysWiped?.()
  const lock = new FileLock()
  const running = !(await takeOver(dir, lock))
  try {
    await wipeKeys(dir) // the other process may have saved its state meanwhile, under a key it alone had
    const wiped = await wipeData(dir, options.everything ?? false)
    return { ...wiped, running }
  } finally {
    lock.release()
    await removeLast(dir)
  }
}

/** The first act, whatever comes after it: milliseconds. The seed opens all the rest, so it goes first. */
export async function wipeKeys(dir: string): Promise<void> {
  await wipeSeed(dir)
  await wipeState(dir)
}

/** A mistyped directory is not touched. */
async function assertOurs(dir: string): Promise<void> {
  for (const name of OURS) if (await exists(path.join(dir, name))) return
  throw new TemoinError('DEVICE_MISSING', `There is no device in ${dir}: nothing was wiped`)
}

/** True where this process has the directory now. */
async function takeOver(dir: string, lock: FileLock): Promise<boolean> {
  const file = path.join(dir, 'lock')
  for (let waitedMs = 0; waitedMs < PATIENCE_MS; waitedMs += LOOK_EVERY_MS) {
    if (tryLock(lock, file)) return true
    const owner = lockOwner(file)
    if (owner !== null) endProcess(owner)
    await new Promise<void>((resolve) => void setTimeout(resolve, LOOK_EVERY_MS))
  }
  return false
}

function tryLock(lock: FileLock, file: string): boolean {
  try {
    return lock.take(file)
  } catch {
    return false // no file can be made here, or none opened: what there is goes all the same
  }
}

/** The mark of a panic goes with the last of the data; where something is left, it stays. */
async function removeLast(dir: string): Promise<void> {
  if (await exists(path.join(dir, 'store'))) return // the mark stays, and says what to do
  await fs.promises.rm(path.join(dir, 'lock'), { force: true })
  if (await isSeedWiped(dir)) await removeWipedSeed(dir)
  await syncDirectory(dir)
}
