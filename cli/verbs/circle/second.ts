// `temoin second`: stands by what another member said of a device: a revocation, a role, a
// reinstatement; or, where nothing waits for it, by whoever let the device in.

import { nameOf } from '../../../core/device/facts/names.ts'
import { memberVerb } from './member-verb.ts'
import { keyText } from '../../output/units.ts'

export const second = memberVerb({
  path: 'second',
  summary: 'Agree with what another member said of a device',
  say: ({ device, exchange, member }) => device.trust.second(exchange, member.device),

  report({ exchange, member, out }) {
    const { state, role } = exchange.circle.roster.find(member.device)!
    out.event('seconded', { device: keyText(member.device), state, role })
    const what = state === 'cut-off' ? 'is cut off' : `is a member, as ${role}`
    out.say(`Two members say so now: ${nameOf(exchange.circle, member.device)} ${what}`)
  }
})
