// Whom the circle trusts, and with what.

import z32 from 'z32'
import type { HistoryEntry } from '../../../circle/roster.ts'
import { secondersOf } from '../../../circle/seconding.ts'
import { ROLES } from '../../../encoding/journal/journal-entry.ts'
import type { Exchange } from '../../../exchange/exchange.ts'
import { MAX_TEXT_BYTES } from '../../../limits.ts'
import type { Trust } from '../../../exchange/members/trust.ts'
import type { DeviceKey } from '../../../types/keys.ts'
import type { Said } from '../../contract.ts'
import type { Given } from '../given.ts'
import type { Host } from '../host.ts'
import type { Group } from './handlers.ts'

type Say = (trust: Trust, exchange: Exchange, device: DeviceKey) => Promise<HistoryEntry>

export function memberCalls(host: Host): Group<'member'> {
  const say = async (given: Given, saying: Say): Promise<Said> => {
    const { device, circles } = host.current
    const exchange = host.current.circle(given.key('circle'))
    const said = await saying(device.trust, exchange, given.key('device'))
    circles.showNow()
    return answerOf(exchange, said)
  }
  return {
    'member.revoke': (given) =>
      say(given, (trust, exchange, device) => trust.revoke(exchange, device, reasonIn(given))),
    'member.second': (given) =>
      say(given, (trust, exchange, device) => trust.second(exchange, device)),
    'member.reinstate': (given) =>
      say(given, (trust, exchange, device) => trust.reinstate(exchange, device, reasonIn(given))),
    'member.role': (given) => {
      const role = given.oneOf('role', ROLES)
      return say(given, (trust, exchange, device) => trust.changeRole(exchange, device, role))
    },
    'member.own': (given) => say(given, (trust, exchange, device) => trust.own(exchange, device))
  }
}

function reasonIn(given: Given): string {
  return given.has('reason') ? given.text('reason', MAX_TEXT_BYTES) : ''
}

function answerOf({ circle }: Exchange, said: HistoryEntry): Said {
  const needsSecond = said.why === 'needs-second'
  const seconders = needsSecond ? secondersOf(circle, said) : []
  return { needsSecond, seconders: seconders.map((device) => z32.encode(device)) }
}
