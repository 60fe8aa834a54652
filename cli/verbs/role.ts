// `temoin role`: what a member may do from here on. Taking something away needs a second.

import { ROLES } from '../../core/encoding/journal/journal-entry.ts'
import { nameOf } from '../facts/names.ts'
import { memberVerb } from '../tell-members.ts'
import { keyText, shortKey } from '../output/units.ts'
import { oneOf } from '../values.ts'

export const role = memberVerb({
  path: 'role',
  summary: 'Change what a member may do',
  args: [['<role>', ROLES.join(', ')]],
  asked: ({ args }) => oneOf('<role>', args['role']!, ROLES),

  say: ({ device, exchange, member, asked }) =>
    device.trust.changeRole(exchange, member.device, asked),

  report({ exchange, member, asked, out }, { state }) {
    const device = keyText(member.device)
    const needsSecond = state !== 'effective'
    out.event('role', { device, role: asked, effective: !needsSecond, needsSecond })
    const name = nameOf(exchange.circle, member.device)
    const how = `temoin second ${shortKey(member.device)}`
    if (needsSecond) out.say(`It counts once another member runs "${how}"`)
    else out.say(`${name} is ${asked} from here on`)
  }
})
