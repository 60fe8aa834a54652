// The seed for the verbs that have to do with nothing else, so that they work while another temoin runs
// on the same directory.

import { loadSeed } from '../../core/identity/seed-file.ts'
import { path } from '../../core/runtime/fs.ts'
import { FileLock } from '../../core/runtime/lock.ts'
import { deviceMissing } from '../open-device.ts'
import type { Invocation } from '../verb.ts'
import { currentPassphrase } from './ask.ts'

/** For the caller to wipe. @throws TemoinError DEVICE_MISSING, DEVICE_LOCKED, PASSPHRASE_WRONG */
export async function openSeed(invocation: Invocation): Promise<Uint8Array> {
  const { storage } = invocation.settings
  const seed = await loadSeed(storage, () => currentPassphrase(invocation))
  if (seed === null) throw deviceMissing(storage)
  return seed
}

/** True where another process has the device open. */
export function isInUse(storage: string): boolean {
  const lock = new FileLock()
  try {
    return !lock.take(path.join(storage, 'lock'))
  } catch {
    return false
  } finally {
    lock.release()
  }
}
