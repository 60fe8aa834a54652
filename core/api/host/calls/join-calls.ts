// Joining a circle by an invite.

import z32 from 'z32'
import { decodeInvite } from '../../../encoding/pairing/invite.ts'
import { MAX_NAME_BYTES } from '../../../limits.ts'
import type { Host } from '../host.ts'
import type { Group } from './handlers.ts'

const MAX_URL_BYTES = 8192

export function joinCalls(host: Host): Group<'join'> {
  return {
    'join.look': (given) => {
      const { role, expiresAtMs, inviter } = decodeInvite(given.text('url', MAX_URL_BYTES).trim())
      return { role, expiresAtMs, inviter: z32.encode(inviter) }
    },
    'join.start': (given) => {
      const url = given.has('url') ? given.text('url', MAX_URL_BYTES).trim() : null
      const name = given.has('name') ? given.text('name', MAX_NAME_BYTES).trim() : null
      host.current.join.start(url, name)
    },
    'join.cancel': (given) => host.current.join.cancel(given.flag('forget'))
  }
}
