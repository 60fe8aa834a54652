// `temoin revoke`: says that a device is no longer trusted, and tells whoever can be reached. New data
// stops; copies stay, everywhere. Says plainly where another member has to agree, and who can.

import type { HistoryEntry } from '../../../core/circle/roster.ts'
import { nameOf } from '../../../core/device/facts/names.ts'
import { NOBODY_CAN, seconderFields, secondText } from '../../facts/seconders.ts'
import { memberVerb, WITH_REASON } from './member-verb.ts'
import type { Saying } from './member-verb.ts'
import { keyText } from '../../output/units.ts'

export const revoke = memberVerb({
  path: 'revoke',
  summary: 'Stop trusting a device: new data stops, copies stay',
  ...WITH_REASON,

  say: ({ device, exchange, member, asked: reason }) =>
    device.trust.revoke(exchange, member.device, reason),

  report(saying, said) {
    const { exchange, member, out } = saying
    const device = keyText(member.device)
    const effective = said.state === 'effective'
    const needsSecond = said.why === 'needs-second'
    const seconders = seconderFields(exchange.circle, said)
    out.event('revoked', { device, effective, needsSecond, ...seconders })
    out.say(outcome(saying, effective))
    if (needsSecond) out.say(remedy(saying, said, effective))
  }
})

function outcome({ exchange, member }: Saying, isEffective: boolean): string {
  const name = nameOf(exchange.circle, member.device)
  if (!isEffective) return `${name} is a member still: another member has to agree`
  return `${name} gets nothing new from here on; what it holds, it keeps`
}

function remedy({ exchange }: Saying, said: HistoryEntry, isEffective: boolean): string {
  const how = secondText(exchange.circle, said)
  const held = 'this device adds, revokes and reinstates nobody and changes no role'
  if (how === null) return isEffective ? `${NOBODY_CAN}: until somebody can, ${held}` : NOBODY_CAN
  return isEffective ? `Until ${how}, ${held}` : `It counts once ${how}`
}
