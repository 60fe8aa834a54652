// `temoin revoke`: says that a device is no longer trusted, and tells whoever can be reached. New data
// stops; copies stay, everywhere.

import b4a from 'b4a'
import type { Device } from '../../core/device.ts'
import type { Member } from '../../core/circle/roster.ts'
import { TemoinError } from '../../core/errors.ts'
import type { Exchange } from '../../core/exchange/exchange.ts'
import { knowsAll } from '../facts/journals.ts'
import { nameOf } from '../facts/names.ts'
import { withDevice } from '../open-device.ts'
import { byPrefix, countText, freeText, keyText, seconds } from '../units.ts'
import type { Invocation, Verb } from '../verb.ts'

export const revoke: Verb = {
  path: 'revoke',
  summary: 'Stop trusting a device: new data stops, copies stay',
  args: [['<device>', 'Its key, or the first letters of it ("temoin circle show")']],
  flags: [
    ['--circle <circle>', 'Which circle, where this device is in several'],
    ['--reason <text>', 'Why, for the other members'],
    ['--wait <seconds>', 'How long to tell the members who are online (default 5)']
  ],
  run
}

async function run(invocation: Invocation): Promise<void> {
  const { args, flags } = invocation
  const reason = freeText('--reason', String(flags['reason'] ?? ''))
  const waitMs = 1000 * seconds('--wait', String(flags['wait'] ?? '5'), { min: 0, max: 600 })
  await withDevice(invocation, { offline: waitMs === 0 }, async (device) => {
    const exchange = device.circle(flags['circle'] as string | undefined)
    const member = findMember(exchange, args['device']!)
    const name = nameOf(exchange.circle, member.device)
    await device.revoke(exchange, member.device, reason)
    await tellMembers(invocation, device, exchange, waitMs)
    invocation.out.event('revoked', { device: keyText(member.device) })
    invocation.out.say(`${name} gets nothing new from here on; what it holds, it keeps`)
  })
}

function findMember({ circle }: Exchange, wanted: string): Member {
  const active = circle.roster.members.filter((member) => member.revoked === null)
  const found = byPrefix('A device', wanted, active, (member) => member.device)
  if (found !== null) return found
  throw new TemoinError('BAD_INPUT', 'This device is not a member: "temoin circle show" lists them')
}

/** Until every other member has heard it, or the time is up. */
async function tellMembers(
  { out, stop }: Invocation,
  device: Device,
  exchange: Exchange,
  waitMs: number
): Promise<void> {
  const others = exchange.circle.roster.members.filter(
    (member) => member.revoked === null && !b4a.equals(member.device, device.key)
  )
  const told = () => others.filter((member) => knowsAll(exchange.circle, member.device)).length
  await stop.until(() => told() === others.length, waitMs)
  const left = others.length - told()
  if (left === 0) return
  out.note(
    `${countText(left, 'member')} could not be told yet: they hear it when they meet this device or another that knows`
  )
}
