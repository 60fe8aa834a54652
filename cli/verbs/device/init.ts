// `temoin init`: makes this directory a device.

import b4a from 'b4a'
import { TemoinError } from '../../../core/errors.ts'
import { randomBytes } from '../../../core/identity/hash.ts'
import { hasNoDevice, withDevice } from '../../open-device.ts'
import type { OpenOptions } from '../../open-device.ts'
import { firstPassphrase } from '../../passphrase/ask.ts'
import { plain } from '../../output/printable.ts'
import { keyText } from '../../output/units.ts'
import { nameText } from '../../values.ts'
import type { Invocation, Verb } from '../../verb.ts'

export const init: Verb = {
  path: 'init',
  summary: 'Make this directory a device',
  flags: [
    ['--name <name>', 'What the members of its circles shall call it'],
    [
      '--lock',
      'Put its seed under a passphrase from the start: then it never was on this disk bare'
    ]
  ],
  run
}

async function run(invocation: Invocation): Promise<void> {
  const { settings, out, flags } = invocation
  const name = deviceName(flags['name'])
  if (!(await hasNoDevice(settings.storage))) await refuse(invocation)
  const options = { offline: true, ...(await creation(invocation, name)) }
  await withDevice(invocation, options, async (device) => {
    out.event('device', { device: keyText(device.key), name: device.name })
    out.say(`This is now the device "${plain(device.name)}", in ${settings.storage}`)
    out.say(`Its key: ${keyText(device.key)}`)
  })
}

/** The passphrase is had before anything is made. */
async function creation(invocation: Invocation, name: string): Promise<OpenOptions> {
  if (invocation.flags['lock'] !== true) return { create: { name } }
  const passphrase = await firstPassphrase(invocation)
  return { create: { name, locked: true }, passphrase: () => Promise.resolve(passphrase) }
}

/** The name given, or one that tells nothing about whoever owns this machine. */
export function deviceName(given: string | true | undefined): string {
  if (typeof given === 'string') return nameText('--name', given)
  return 'device-' + b4a.toString(randomBytes(2) as any, 'hex')
}

/** What is wrong with the directory itself is said first: in use, not readable, damaged. */
async function refuse(invocation: Invocation): Promise<never> {
  const key = await keyOf(invocation)
  throw new TemoinError(
    'DEVICE_EXISTS',
    `There is a device in ${invocation.settings.storage} already (${key}): use it as it is, or make another with --storage`
  )
}

/** Nobody is asked for a passphrase to be told that there is something to do elsewhere. */
async function keyOf(invocation: Invocation): Promise<string> {
  const locked = new TemoinError('DEVICE_LOCKED', 'This device is locked')
  const options = { offline: true, passphrase: () => Promise.reject(locked) }
  try {
    return await withDevice(invocation, options, async (device) => keyText(device.key))
  } catch (err) {
    if (err === locked) return 'locked'
    throw err
  }
}
