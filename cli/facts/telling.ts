// Waiting until the others have heard what was just said in a circle, as far as they can be reached.

import b4a from 'b4a'
import type { Device } from '../../core/device.ts'
import type { Exchange } from '../../core/exchange/exchange.ts'
import { countText } from '../output/units.ts'
import type { Invocation } from '../verb.ts'
import { knowsAll } from './journals.ts'

/** Until every other member of these circles has heard it, or the time is up; says how many have not. */
export async function tellMembers(
  { out, stop }: Pick<Invocation, 'out' | 'stop'>,
  device: Device,
  exchanges: readonly Exchange[],
  waitMs: number
): Promise<void> {
  const untold = (): number =>
    exchanges.reduce((sum, exchange) => sum + untoldIn(exchange, device), 0)
  await stop.until(() => untold() === 0, waitMs)
  const left = untold()
  if (left === 0) return
  out.note(
    `${countText(left, 'member')} could not be told yet: they hear it when they meet this device or another that knows`
  )
}

function untoldIn({ circle }: Exchange, { key }: Device): number {
  const others = circle.roster.members.filter(
    (member) => member.state === 'active' && !b4a.equals(member.device, key)
  )
  return others.filter((member) => !knowsAll(circle, member.device)).length
}
