// `temoin reinstate`: makes a device that was cut off, or is unconfirmed, a member again.

import { nameOf } from '../facts/names.ts'
import { DEVICE_ARG, sayOfMember, TELLING_FLAGS } from '../tell-members.ts'
import { freeText, keyText } from '../output/units.ts'
import type { Invocation, Verb } from '../verb.ts'

export const reinstate: Verb = {
  path: 'reinstate',
  summary: 'Make a device that was cut off a member again, as what it was',
  args: [DEVICE_ARG],
  flags: [...TELLING_FLAGS, ['--reason <text>', 'Why, for the other members']],
  run
}

async function run(invocation: Invocation): Promise<void> {
  const { flags, out } = invocation
  const reason = freeText('--reason', String(flags['reason'] ?? ''))
  await sayOfMember(
    invocation,
    ({ device, exchange, member }) => device.trust.reinstate(exchange, member.device, reason),
    ({ exchange, member }, { why }) => {
      const { state } = exchange.circle.roster.find(member.device)!
      const device = keyText(member.device)
      out.event('reinstated', { device, state, needsSecond: why === 'needs-second' })
      const name = nameOf(exchange.circle, member.device)
      if (state === 'active') return out.say(`${name} is a member again`)
      const how = `temoin second ${device.slice(0, 8)}`
      out.say(`Two members cut ${name} off: it is back once another member runs "${how}"`)
    }
  )
}
