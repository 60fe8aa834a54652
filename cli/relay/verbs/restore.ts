// `temoin-relay restore`: the directory is a copy of a relay's, from a backup or from another machine, and
// shall be that relay from now on. Without this a copy does not open: two of one relay would contradict
// each other.

import { TemoinError } from '../../../core/errors.ts'
import { path } from '../../../core/runtime/fs.ts'
import { FileLock } from '../../../core/runtime/lock.ts'
import { adoptCopy } from '../../../core/store/files/device-file.ts'
import { hasNoDevice } from '../../open-device.ts'
import type { Invocation, Verb } from '../../verb.ts'
import type { RelaySettings } from '../settings.ts'

export const restore: Verb<RelaySettings> = {
  path: 'restore',
  summary: 'Go on as the relay that this directory was copied from, which must never run again',
  flags: [['--yes', 'The relay it was copied from is stopped for good']],
  run
}

async function run({ settings, flags, out }: Invocation<RelaySettings>): Promise<void> {
  const { storage } = settings
  if (await hasNoDevice(storage)) throw bad(`There is no copy of a relay in ${storage}`)
  if (flags['yes'] !== true) {
    throw bad(
      'Two of one relay contradict each other, and members take them for an attack: stop the one this was copied from for good, then give --yes'
    )
  }
  const lock = new FileLock()
  if (!lock.take(path.join(storage, 'lock'))) throw inUse(storage)
  try {
    await adoptCopy(storage)
  } finally {
    lock.release()
  }
  out.event('restored', { storage })
  out.say(
    'This is the relay now: start it with "temoin-relay run"; what is newer it gets from others'
  )
}

function bad(message: string): TemoinError {
  return new TemoinError('BAD_INPUT', message)
}

function inUse(storage: string): TemoinError {
  return new TemoinError('STORAGE_LOCKED', `A relay is running in ${storage}: stop it first`)
}
