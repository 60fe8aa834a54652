// `temoin role`: what a member may do from here on. Taking something away needs a second.

import { ROLES } from '../../../core/encoding/journal/journal-entry.ts'
import { nameOf } from '../../../core/device/facts/names.ts'
import { NOBODY_CAN, seconderFields, secondText } from '../../facts/seconders.ts'
import { memberVerb } from './member-verb.ts'
import { keyText } from '../../output/units.ts'
import { oneOf } from '../../values.ts'

export const role = memberVerb({
  path: 'role',
  summary: 'Change what a member may do',
  args: [['<role>', ROLES.join(', ')]],
  asked: ({ args }) => oneOf('<role>', args['role']!, ROLES),

  say: ({ device, exchange, member, asked }) =>
    device.trust.changeRole(exchange, member.device, asked),

  report({ exchange, member, asked, out }, said) {
    const { circle } = exchange
    const device = keyText(member.device)
    const needsSecond = said.state !== 'effective'
    const seconders = seconderFields(circle, said)
    out.event('role', { device, role: asked, effective: !needsSecond, needsSecond, ...seconders })
    const name = nameOf(circle, member.device)
    if (!needsSecond) return out.say(`${name} is ${asked} from here on`)
    const how = secondText(circle, said)
    out.say(how === null ? NOBODY_CAN : `It counts once ${how}`)
  }
})
