// `temoin restore`: the directory is a copy of a device's, from a backup or from another machine, and shall
// be that device from now on. Without this a copy does not open: two of one device contradict each other.
// Must never: be done by the way; only its owner knows that the original is gone.

import { TemoinError } from '../../../core/errors.ts'
import { exists, path } from '../../../core/runtime/fs.ts'
import { FileLock } from '../../../core/runtime/lock.ts'
import { adoptCopy } from '../../../core/store/files/device-file.ts'
import { deviceMissing, hasNoDevice } from '../../open-device.ts'
import type { Invocation, Verb } from '../../verb.ts'

export const restore: Verb = {
  path: 'restore',
  summary: 'Go on as the device that this directory was copied from, which must never run again',
  flags: [['--yes', 'The device it was copied from never runs again']],
  run: (invocation) => goOnAsCopy(invocation)
}

/** Also the relay's `restore`, which says the same of a relay. */
export async function goOnAsCopy(
  { program, settings, flags, out }: Invocation,
  next = 'This is the device now, with all that was in the copy; what is newer it gets from the others'
): Promise<void> {
  const { storage } = settings
  if (await hasNoDevice(storage)) throw deviceMissing(storage, program)
  if (flags['yes'] !== true) throw notSure()
  const lock = new FileLock()
  if (!lock.take(path.join(storage, 'lock'))) throw inUse(storage)
  try {
    if (await exists(path.join(storage, 'store'))) await adoptCopy(storage)
  } finally {
    lock.release()
  }
  out.event('restored', { storage })
  out.say(next)
}

function notSure(): TemoinError {
  return new TemoinError(
    'BAD_INPUT',
    'Two of one device contradict each other, and members take them for an attack: see that the one this was copied from never runs again, then give --yes'
  )
}

function inUse(storage: string): TemoinError {
  return new TemoinError(
    'STORAGE_LOCKED',
    `Another temoin is running on ${storage}: close it, then give this again`
  )
}
