// `temoin-relay restore`: the directory is a copy of a relay's, from a backup or from another machine, and
// shall be that relay from now on: as `temoin restore`, with what to do next.

import type { Verb } from '../../verb.ts'
import { goOnAsCopy } from '../../verbs/device/restore.ts'
import type { RelaySettings } from '../settings.ts'

const NEXT =
  'This is the relay now: start it with "temoin-relay run"; what is newer it gets from others'

export const restore: Verb<RelaySettings> = {
  path: 'restore',
  summary: 'Go on as the relay that this directory was copied from, which must never run again',
  flags: [['--yes', 'The relay it was copied from is stopped for good']],
  run: (invocation) => goOnAsCopy(invocation, NEXT)
}
