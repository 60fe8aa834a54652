// `temoin reinstate`: makes a device that was cut off, or is unconfirmed, a member again.

import { nameOf } from '../facts/names.ts'
import { memberVerb, WITH_REASON } from '../tell-members.ts'
import { keyText, shortKey } from '../output/units.ts'

export const reinstate = memberVerb({
  path: 'reinstate',
  summary: 'Make a device that was cut off a member again, as what it was',
  ...WITH_REASON,

  say: ({ device, exchange, member, asked: reason }) =>
    device.trust.reinstate(exchange, member.device, reason),

  report({ exchange, member, out }, { why }) {
    const { state } = exchange.circle.roster.find(member.device)!
    const device = keyText(member.device)
    out.event('reinstated', { device, state, needsSecond: why === 'needs-second' })
    const name = nameOf(exchange.circle, member.device)
    if (state === 'active') return out.say(`${name} is a member again`)
    const how = `temoin second ${shortKey(member.device)}`
    out.say(`Two members cut ${name} off: it is back once another member runs "${how}"`)
  }
})
