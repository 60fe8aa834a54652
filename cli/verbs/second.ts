// `temoin second`: stands by what another member said of a device: a revocation, a role, a
// reinstatement; or, where nothing waits for it, by whoever let the device in.

import { nameOf } from '../facts/names.ts'
import { DEVICE_ARG, sayOfMember, TELLING_FLAGS } from '../tell-members.ts'
import { keyText } from '../output/units.ts'
import type { Invocation, Verb } from '../verb.ts'

export const second: Verb = {
  path: 'second',
  summary: 'Agree with what another member said of a device',
  args: [DEVICE_ARG],
  flags: TELLING_FLAGS,
  run
}

function run(invocation: Invocation): Promise<void> {
  const { out } = invocation
  return sayOfMember(
    invocation,
    ({ device, exchange, member }) => device.trust.second(exchange, member.device),
    ({ exchange, member }) => {
      const after = exchange.circle.roster.find(member.device)!
      const { state, role } = after
      out.event('seconded', { device: keyText(member.device), state, role })
      const what = state === 'cut-off' ? 'is cut off' : `is a member, as ${role}`
      out.say(`Two members say so now: ${nameOf(exchange.circle, member.device)} ${what}`)
    }
  )
}
