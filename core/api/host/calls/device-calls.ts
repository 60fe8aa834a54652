// The device itself: its name, its passphrase, its lock, its end.
// Must never: keep a passphrase longer than its call.

import { assertStrongEnough, passphraseBytes } from '../../../identity/passphrase.ts'
import { wipe } from '../../../identity/hash.ts'
import {
  loadSeed,
  putUnderPassphrase,
  readSeedFile,
  takeFromPassphrase
} from '../../../identity/seed-file.ts'
import { TemoinError } from '../../../errors.ts'
import { MAX_NAME_BYTES } from '../../../limits.ts'
import type { Given } from '../given.ts'
import type { Host } from '../host.ts'
import type { Group, Handlers } from './handlers.ts'

const REPORTS = ['battery-low', 'storage-low'] as const

export function deviceCalls(host: Host): Group<'device'> & Pick<Handlers, 'panic'> {
  return {
    'device.name': async (given) => {
      await host.current.device.rename(given.text('name', MAX_NAME_BYTES).trim())
      await host.tellDevice()
    },
    'device.protect': async (given) => {
      const old = given.has('old') ? passphraseIn(given, 'old') : null
      assertStrongEnough(given.text('passphrase'))
      const passphrase = passphraseIn(given, 'passphrase')
      await withSeed(host, old, (seed) => putUnderPassphrase(host.dir, seed, passphrase))
      wipe(passphrase)
      await host.tellDevice(host.store.current.device.phase)
    },
    'device.unprotect': async (given) => {
      const passphrase = passphraseIn(given, 'passphrase')
      await withSeed(host, passphrase, (seed) => takeFromPassphrase(host.dir, seed))
      await host.tellDevice(host.store.current.device.phase)
    },
    'device.lock': async () => {
      const open = host.current
      const { protected: isProtected, locked } = host.store.current.device
      if (isProtected && !locked) await open.prepareToLock()
      await open.device.lock()
      await host.tellDevice()
    },
    'device.unlock': async (given) => {
      const passphrase = passphraseIn(given, 'passphrase')
      if (host.store.current.device.phase === 'sealed') return host.openWith(passphrase)
      await host.current.device.unlock({ passphrase })
      await host.tellDevice()
    },
    'device.report': (given) => host.current.device.report(given.oneOf('kind', REPORTS)),
    panic: (given) => {
      given.oneOf('sure', ['wipe'])
      return host.wipe(given.flag('everything'))
    }
  }
}

function passphraseIn(given: Given, name: string): Uint8Array {
  return Uint8Array.from(passphraseBytes(given.text(name)))
}

/** @param passphrase wiped */
async function withSeed(
  { dir }: Host,
  passphrase: Uint8Array | null,
  work: (seed: Uint8Array) => Promise<void>
): Promise<void> {
  const { kind } = await readSeedFile(dir)
  if (kind === 'locked' && passphrase === null) {
    throw new TemoinError(
      'PASSPHRASE_WRONG',
      'Give the passphrase that this device has now as well'
    )
  }
  const seed = await loadSeed(dir, () => Promise.resolve(passphrase!))
  if (seed === null) throw new TemoinError('DEVICE_MISSING', 'The seed of this device is gone')
  try {
    await work(seed)
  } finally {
    wipe(seed)
  }
}
