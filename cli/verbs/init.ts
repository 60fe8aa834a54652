// `temoin init`: makes this directory a device.

import b4a from 'b4a'
import { TemoinError } from '../../core/errors.ts'
import { randomBytes } from '../../core/identity/hash.ts'
import { hasNoDevice, withDevice } from '../open-device.ts'
import { plain } from '../printable.ts'
import { keyText, nameText } from '../units.ts'
import type { Invocation, Verb } from '../verb.ts'

export const init: Verb = {
  path: 'init',
  summary: 'Make this directory a device',
  flags: [['--name <name>', 'What the members of its circles shall call it']],
  run
}

async function run(invocation: Invocation): Promise<void> {
  const { settings, out, flags } = invocation
  const name = deviceName(flags['name'])
  if (!(await hasNoDevice(settings.storage))) await refuse(invocation)
  await withDevice(invocation, { offline: true, create: { name } }, async (device) => {
    out.event('device', { device: keyText(device.key), name: device.name })
    out.say(`This is now the device "${plain(device.name)}", in ${settings.storage}`)
    out.say(`Its key: ${keyText(device.key)}`)
  })
}

/** The name given, or one that tells nothing about whoever owns this machine. */
export function deviceName(given: string | true | undefined): string {
  if (typeof given === 'string') return nameText('--name', given)
  return 'device-' + b4a.toString(randomBytes(2) as any, 'hex')
}

/** What is wrong with the directory itself is said first: in use, not readable, damaged. */
async function refuse(invocation: Invocation): Promise<never> {
  const key = await withDevice(invocation, { offline: true }, async (device) => device.key)
  throw new TemoinError(
    'DEVICE_EXISTS',
    `There is a device in ${invocation.settings.storage} already (${keyText(key)}): use it as it is, or make another with --storage`
  )
}
