// `temoin unlock`: opens this device with its passphrase, and says which device it is. Nothing stays open
// when it ends: each command asks for itself, and `temoin lock --remove` ends the asking.

import { DeviceKeys } from '../../../core/identity/device-keys.ts'
import { readSeedFile } from '../../../core/identity/seed-file.ts'
import { isInUse, openSeed } from '../../passphrase/seed.ts'
import { keyText } from '../../output/units.ts'
import type { Invocation, Verb } from '../../verb.ts'

export const unlock: Verb = {
  path: 'unlock',
  summary: 'Open this device with its passphrase, to see that it is the right one',
  run
}

async function run(invocation: Invocation): Promise<void> {
  const { settings, out } = invocation
  const seed = await openSeed(invocation)
  const { kind } = await readSeedFile(settings.storage)
  const keys = new DeviceKeys(seed)
  keys.wipe()
  out.event('unlocked', { device: keyText(keys.device), removed: false })
  if (kind === 'plain') out.say(`${keyText(keys.device)} has no passphrase: "temoin lock" sets one`)
  else out.say(`The passphrase opens ${keyText(keys.device)}`)
  if (isInUse(settings.storage)) {
    out.note(
      'The temoin that runs here is as it was: if it was locked, end it (Ctrl-C) and start it again'
    )
  }
}
