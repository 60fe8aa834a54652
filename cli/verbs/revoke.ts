// `temoin revoke`: says that a device is no longer trusted, and tells whoever can be reached. New data
// stops; copies stay, everywhere. Says plainly where another member has to agree.

import { nameOf } from '../facts/names.ts'
import { DEVICE_ARG, sayOfMember, TELLING_FLAGS } from '../tell-members.ts'
import type { Saying } from '../tell-members.ts'
import { freeText, keyText } from '../output/units.ts'
import type { Invocation, Verb } from '../verb.ts'

export const revoke: Verb = {
  path: 'revoke',
  summary: 'Stop trusting a device: new data stops, copies stay',
  args: [DEVICE_ARG],
  flags: [...TELLING_FLAGS, ['--reason <text>', 'Why, for the other members']],
  run
}

async function run(invocation: Invocation): Promise<void> {
  const { flags, out } = invocation
  const reason = freeText('--reason', String(flags['reason'] ?? ''))
  await sayOfMember(
    invocation,
    ({ device, exchange, member }) => device.revoke(exchange, member.device, reason),
    (saying, { state, why }) => {
      const device = keyText(saying.member.device)
      const needsSecond = why === 'needs-second'
      out.event('revoked', { device, effective: state === 'effective', needsSecond })
      out.say(outcome(saying, state === 'effective'))
      if (needsSecond) out.say(remedy(saying, state === 'effective'))
    }
  )
}

function outcome({ exchange, member }: Saying, isEffective: boolean): string {
  const name = nameOf(exchange.circle, member.device)
  if (!isEffective)
    return `${name} is a member still: one member who is no organiser cannot decide it`
  return `${name} gets nothing new from here on; what it holds, it keeps`
}

function remedy({ member }: Saying, isEffective: boolean): string {
  const how = `another member runs "temoin second ${keyText(member.device).slice(0, 8)}"`
  return isEffective
    ? `Until ${how}, this device adds, revokes and reinstates nobody and changes no role`
    : `It counts once ${how}`
}
