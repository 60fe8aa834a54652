// `temoin role`: what a member may do from here on. Taking something away needs a second.

import { ROLES } from '../../core/encoding/journal-entry.ts'
import { nameOf } from '../facts/names.ts'
import { DEVICE_ARG, sayOfMember, TELLING_FLAGS } from '../tell-members.ts'
import { keyText, oneOf } from '../output/units.ts'
import type { Invocation, Verb } from '../verb.ts'

export const role: Verb = {
  path: 'role',
  summary: 'Change what a member may do',
  args: [DEVICE_ARG, ['<role>', ROLES.join(', ')]],
  flags: TELLING_FLAGS,
  run
}

async function run(invocation: Invocation): Promise<void> {
  const { args, out } = invocation
  const wanted = oneOf('<role>', args['role']!, ROLES)
  await sayOfMember(
    invocation,
    ({ device, exchange, member }) => device.trust.changeRole(exchange, member.device, wanted),
    ({ exchange, member }, { state }) => {
      const device = keyText(member.device)
      const needsSecond = state !== 'effective'
      out.event('role', { device, role: wanted, effective: !needsSecond, needsSecond })
      const name = nameOf(exchange.circle, member.device)
      const how = `temoin second ${device.slice(0, 8)}`
      if (needsSecond) out.say(`It counts once another member runs "${how}"`)
      else out.say(`${name} is ${wanted} from here on`)
    }
  )
}
