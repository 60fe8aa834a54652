// What the verbs that change who belongs have in common: the member that is meant, and telling whoever
// can be reached what was said of it.

import b4a from 'b4a'
import type { HistoryEntry, Member } from '../core/circle/roster.ts'
import type { Device } from '../core/device.ts'
import { TemoinError } from '../core/errors.ts'
import type { Exchange } from '../core/exchange/exchange.ts'
import { knowsAll } from './facts/journals.ts'
import { withDevice } from './open-device.ts'
import { byPrefix, countText, seconds } from './output/units.ts'
import type { Invocation, Verb } from './verb.ts'

export const DEVICE_ARG: [string, string] = [
  '<device>',
  'Its key, or the first letters of it ("temoin circle show")'
]

export const TELLING_FLAGS: NonNullable<Verb['flags']> = [
  ['--circle <circle>', 'Which circle, where this device is in several'],
  ['--wait <seconds>', 'How long to tell the members who are online (default 5)']
]

export interface Saying {
  device: Device
  exchange: Exchange
  member: Member
}

/** Says something of the member that `<device>` names, and tells the others. */
export async function sayOfMember(
  invocation: Invocation,
  say: (saying: Saying) => Promise<HistoryEntry>,
  report: (saying: Saying, said: HistoryEntry) => void
): Promise<void> {
  const { args, flags } = invocation
  const waitMs = 1000 * seconds('--wait', String(flags['wait'] ?? '5'), { min: 0, max: 600 })
  await withDevice(invocation, { offline: waitMs === 0 }, async (device) => {
    const exchange = device.circle(flags['circle'] as string | undefined)
    const saying = { device, exchange, member: findMember(exchange, args['device']!) }
    const said = await say(saying)
    await tellMembers(invocation, saying, waitMs)
    report(saying, said)
  })
}

function findMember({ circle }: Exchange, wanted: string): Member {
  const found = byPrefix('A device', wanted, circle.roster.members, (member) => member.device)
  if (found !== null) return found
  throw new TemoinError('BAD_INPUT', 'This device is not a member: "temoin circle show" lists them')
}

/** Until every other member has heard it, or the time is up. */
async function tellMembers(
  { out, stop }: Invocation,
  { device, exchange }: Saying,
  waitMs: number
): Promise<void> {
  const others = exchange.circle.roster.members.filter(
    (member) => member.state === 'active' && !b4a.equals(member.device, device.key)
  )
  const told = () => others.filter((member) => knowsAll(exchange.circle, member.device)).length
  await stop.until(() => told() === others.length, waitMs)
  const left = others.length - told()
  if (left === 0) return
  out.note(
    `${countText(left, 'member')} could not be told yet: they hear it when they meet this device or another that knows`
  )
}
