// `temoin join`: redeems an invite. Makes the device where this directory is none yet, so that one
// command on a fresh machine is enough. Ends once this device knows itself a member.

import type { Device } from '../../core/device.ts'
import { decodeInvite } from '../../core/encoding/invite.ts'
import { TemoinError } from '../../core/errors.ts'
import type { Exchange } from '../../core/exchange/exchange.ts'
import { circleNameOf } from '../facts/names.ts'
import { hasNoDevice, withDevice } from '../open-device.ts'
import type { OpenOptions } from '../open-device.ts'
import { keyText, nameText, seconds } from '../units.ts'
import type { Invocation, Verb } from '../verb.ts'
import { deviceName } from './init.ts'

/** The inviter is on the line at this point: its journals are a matter of moments. */
const ROSTER_MS = 30_000

export const join: Verb = {
  path: 'join',
  summary: 'Redeem an invite',
  args: [['<url>', 'The invite: temoin:…']],
  flags: [
    ['--name <name>', 'What the members of the circle shall call this device'],
    ['--timeout <seconds>', 'Give up where the inviter cannot be reached for so long (default 120)']
  ],
  run
}

async function run(invocation: Invocation): Promise<void> {
  const { args, flags } = invocation
  const url = args['url']!
  decodeInvite(url)
  const given =
    flags['name'] === undefined ? {} : { name: nameText('--name', String(flags['name'])) }
  const timeout = seconds('--timeout', String(flags['timeout'] ?? '120'), { min: 1, max: 86_400 })
  await withDevice(invocation, await openOptions(invocation), async (device) => {
    const exchange = await redeem(invocation, device, url, { ...given, timeoutMs: timeout * 1000 })
    if (exchange !== null) await arrive(invocation, device, exchange)
  })
}

async function openOptions({ settings, flags, out }: Invocation): Promise<OpenOptions> {
  if (!(await hasNoDevice(settings.storage))) return {}
  out.note(`Making a device in ${settings.storage}`)
  return { create: { name: deviceName(flags['name']) } }
}

/** Null where somebody wanted to stop meanwhile. */
async function redeem(
  { out, stop }: Invocation,
  device: Device,
  url: string,
  options: { name?: string; timeoutMs: number }
): Promise<Exchange | null> {
  const onAttempt = (attempt: number): void =>
    out.progress(
      attempt === 1 ? 'Looking for the inviter…' : `Looking for the inviter, try ${attempt}…`
    )
  const joined = device.join(url, { ...options, onAttempt })
  joined.catch(() => {}) // where we stop waiting for it
  return Promise.race([joined, stop.asked().then(() => null)])
}

async function arrive(
  { out, stop }: Invocation,
  device: Device,
  exchange: Exchange
): Promise<void> {
  const { circle } = exchange
  out.progress('Admitted; fetching what the members say…')
  const self = () => circle.roster.active(device.key)
  if (!(await stop.until(() => self() !== null, ROSTER_MS))) {
    if (stop.requested) return
    throw new TemoinError(
      'INVITE_UNREACHABLE',
      'The inviter let this device in but left before its journals had come: keep the inviter running and start "temoin hold" here'
    )
  }
  const { role } = self()!
  out.event('joined', { circle: keyText(circle.id), role, device: keyText(device.key) })
  out.say(`This device is now a member of ${circleNameOf(circle)}, as ${role}`)
  out.say('Hold what the others film with "temoin hold"')
}
