// `temoin lock`: puts the seed of this device under a passphrase, changes it, or takes it away. Of the device
// only the file `seed` is touched, so it works while another temoin runs here, which is locked then as well.

import { DeviceKeys } from '../../../core/identity/device-keys.ts'
import { wipe } from '../../../core/identity/hash.ts'
import {
  putUnderPassphrase,
  readSeedFile,
  takeFromPassphrase
} from '../../../core/identity/seed-file.ts'
import { TemoinError } from '../../../core/errors.ts'
import { deviceMissing } from '../../open-device.ts'
import { firstPassphrase, nextPassphrase } from '../../passphrase/ask.ts'
import { askToLock } from '../../passphrase/lock-request.ts'
import { isInUse, openSeed } from '../../passphrase/seed.ts'
import { keyText } from '../../output/units.ts'
import { descriptor } from '../../values.ts'
import type { Invocation, Verb } from '../../verb.ts'

export const lock: Verb = {
  path: 'lock',
  summary:
    'Put the seed of this device under a passphrase, change it, or take it away; lock what runs',
  flags: [
    ['--change', 'Another passphrase in place of the one it has'],
    ['--remove', 'No passphrase any more: whoever has the disk has the device'],
    ['--new-passphrase-fd <n>', 'Read the new one from this descriptor (or TEMOIN_NEW_PASSPHRASE)']
  ],
  run
}

async function run(invocation: Invocation): Promise<void> {
  const { settings, flags } = invocation
  const { kind } = await readSeedFile(settings.storage)
  if (kind === 'none') throw deviceMissing(settings.storage)
  const [change, remove] = [flags['change'] === true, flags['remove'] === true]
  if (change && remove) throw new TemoinError('BAD_INPUT', 'Give --change or --remove, not both')
  if (kind === 'locked' && !change && !remove) return lockAgain(invocation)
  const seed = await openSeed(invocation)
  try {
    if (remove) await removeFrom(invocation, seed)
    else await putUnder(invocation, seed, kind === 'locked')
  } finally {
    wipe(seed)
  }
}

async function putUnder(invocation: Invocation, seed: Uint8Array, again: boolean): Promise<void> {
  const { settings, out } = invocation
  const isNext = again || invocation.flags['newPassphraseFd'] !== undefined
  const passphrase = isNext ? await next(invocation) : await firstPassphrase(invocation)
  try {
    await putUnderPassphrase(settings.storage, seed, passphrase)
  } finally {
    wipe(passphrase)
  }
  const inUse = isInUse(settings.storage)
  const running = inUse && (await lockRunning(invocation))
  out.event('locked', { device: deviceOf(seed), changed: true, ...(inUse ? { running } : {}) })
  out.say('This device opens with the passphrase alone from here on: nobody can restore it for you')
  if (!again) out.note('The bare seed was overwritten; on flash an old copy may outlive that')
}

/** @returns true where the temoin that runs here has forgotten what opens films */
async function lockRunning({ settings, out }: Invocation): Promise<boolean> {
  const isLocked = await askToLock(settings.storage)
  out.note(isLocked ? RUNNING_LOCKED : RUNNING_OPEN)
  return isLocked
}

const RUNNING_LOCKED =
  'The temoin that runs here is locked: filming, handing on and holding go on, and it opens nothing until it is started again'
const RUNNING_OPEN =
  'The temoin that runs here now keeps its keys in memory until it ends: end it (Ctrl-C) once the film is safe'

function next(invocation: Invocation): Promise<Uint8Array> {
  const fd = invocation.flags['newPassphraseFd'] as string | undefined
  const from = fd === undefined ? undefined : descriptor('--new-passphrase-fd', fd)
  return nextPassphrase(invocation, from)
}

async function removeFrom({ settings, out }: Invocation, seed: Uint8Array): Promise<void> {
  await takeFromPassphrase(settings.storage, seed)
  out.event('unlocked', { device: deviceOf(seed), removed: true })
  out.say('This device has no passphrase any more: whoever has this disk has the device')
}

/** Its seed is under a passphrase: what can still be locked is what runs. */
async function lockAgain(invocation: Invocation): Promise<void> {
  if (!isInUse(invocation.settings.storage)) return tellAlready(invocation)
  const running = await lockRunning(invocation)
  invocation.out.event('locked', { device: null, changed: false, running })
}

function tellAlready({ out }: Invocation): void {
  out.event('locked', { device: null, changed: false })
  out.say(
    'This device is under a passphrase already: --change sets another, --remove takes it away'
  )
}

function deviceOf(seed: Uint8Array): string {
  const keys = new DeviceKeys(Uint8Array.from(seed))
  keys.wipe()
  return keyText(keys.device)
}
