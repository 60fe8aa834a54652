// `temoin own`: says that another member is the same person's device, so that either can cut the other
// off when it is lost. It counts once the other says the same.

import { nameOf } from '../../../core/device/facts/names.ts'
import { memberVerb } from './member-verb.ts'
import { keyText, shortKey } from '../../output/units.ts'

export const own = memberVerb({
  path: 'own',
  summary: 'Say that another member is a device of yours as well',
  say: ({ device, exchange, member }) => device.trust.own(exchange, member.device),

  report({ device, exchange, member, out }) {
    out.event('own', { device: keyText(member.device) })
    const name = nameOf(exchange.circle, member.device)
    out.say(
      `This device says that ${name} is yours as well, and seconds nothing of its from now on`
    )
    out.say(
      `Say it there, too: "temoin own ${shortKey(device.key)}"; then each can revoke the other, so do it before you need it`
    )
  }
})
