// `temoin reinstate`: makes a device that was cut off, or is unconfirmed, a member again.

import { nameOf } from '../../../core/device/facts/names.ts'
import { NOBODY_CAN, seconderFields, secondText } from '../../facts/seconders.ts'
import { memberVerb, WITH_REASON } from './member-verb.ts'
import { keyText } from '../../output/units.ts'

export const reinstate = memberVerb({
  path: 'reinstate',
  summary: 'Make a device that was cut off a member again, as what it was',
  ...WITH_REASON,

  say: ({ device, exchange, member, asked: reason }) =>
    device.trust.reinstate(exchange, member.device, reason),

  report({ exchange, member, out }, said) {
    const { circle } = exchange
    const { state } = circle.roster.find(member.device)!
    const device = keyText(member.device)
    const needsSecond = said.why === 'needs-second'
    out.event('reinstated', { device, state, needsSecond, ...seconderFields(circle, said) })
    const name = nameOf(circle, member.device)
    if (state === 'active') return out.say(`${name} is a member again`)
    const how = secondText(circle, said)
    out.say(`Two members cut ${name} off: ${how === null ? NOBODY_CAN : `it is back once ${how}`}`)
  }
})
