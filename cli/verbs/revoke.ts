// `temoin revoke`: says that a device is no longer trusted, and tells whoever can be reached. New data
// stops; copies stay, everywhere. Says plainly where another member has to agree.

import { nameOf } from '../facts/names.ts'
import { memberVerb, WITH_REASON } from '../tell-members.ts'
import type { Saying } from '../tell-members.ts'
import { keyText, shortKey } from '../output/units.ts'

export const revoke = memberVerb({
  path: 'revoke',
  summary: 'Stop trusting a device: new data stops, copies stay',
  ...WITH_REASON,

  say: ({ device, exchange, member, asked: reason }) =>
    device.revoke(exchange, member.device, reason),

  report(saying, { state, why }) {
    const { member, out } = saying
    const device = keyText(member.device)
    const needsSecond = why === 'needs-second'
    out.event('revoked', { device, effective: state === 'effective', needsSecond })
    out.say(outcome(saying, state === 'effective'))
    if (needsSecond) out.say(remedy(saying, state === 'effective'))
  }
})

function outcome({ exchange, member }: Saying, isEffective: boolean): string {
  const name = nameOf(exchange.circle, member.device)
  if (!isEffective)
    return `${name} is a member still: one member who is no organiser cannot decide it`
  return `${name} gets nothing new from here on; what it holds, it keeps`
}

function remedy({ member }: Saying, isEffective: boolean): string {
  const how = `another member runs "temoin second ${shortKey(member.device)}"`
  return isEffective
    ? `Until ${how}, this device adds, revokes and reinstates nobody and changes no role`
    : `It counts once ${how}`
}
