// Invites: opening, admitting, ending.

import { ROLES } from '../../../encoding/journal/journal-entry.ts'
import { MAX_MEMBERS } from '../../../limits.ts'
import type { Host } from '../host.ts'
import type { Group } from './handlers.ts'

const HOUR_MS = 3_600_000
const MIN_EXPIRES_MS = 1000
const MAX_EXPIRES_MS = 30 * 24 * HOUR_MS
const MAX_HANDLE_BYTES = 64

export function inviteCalls(host: Host): Group<'invite'> {
  return {
    'invite.open': async (given) => {
      const { invites } = host.current
      const circle = await host.current.circleFor(given.has('circle') ? given.key('circle') : null)
      return invites.open({
        circle,
        role: given.has('role') ? given.oneOf('role', ROLES) : 'contact',
        uses: given.has('uses') ? given.whole('uses', 1, MAX_MEMBERS) : 1,
        expiresInMs: given.has('expiresInMs')
          ? given.whole('expiresInMs', MIN_EXPIRES_MS, MAX_EXPIRES_MS)
          : 2 * HOUR_MS,
        confirm: given.flag('confirm', true)
      })
    },
    'invite.resume': (given) => host.current.invites.resume(given.text('invite', MAX_HANDLE_BYTES)),
    'invite.close': (given) => host.current.invites.close(given.text('invite', MAX_HANDLE_BYTES)),
    'invite.takeBack': (given) =>
      host.current.invites.takeBack(given.text('invite', MAX_HANDLE_BYTES)),
    'invite.admit': (given) => {
      const invite = given.text('invite', MAX_HANDLE_BYTES)
      host.current.invites.decide(invite, given.key('device'), 'admit')
    },
    'invite.refuse': (given) => {
      const invite = given.text('invite', MAX_HANDLE_BYTES)
      host.current.invites.decide(invite, given.key('device'), 'refuse')
    }
  }
}
