// Every verb of `temoin-relay`, in the order help lists them.

import type { Verb } from '../../verb.ts'
import type { RelaySettings } from '../settings.ts'
import { backup } from './backup.ts'
import { forget } from './forget.ts'
import { join } from './join.ts'
import { run } from './run.ts'
import { place } from './place.ts'
import { restore } from './restore.ts'
import { circles, status } from './status.ts'

export const relayVerbs: readonly Verb<RelaySettings>[] = [
  join,
  run,
  status,
  circles,
  place,
  backup,
  forget,
  restore
]
