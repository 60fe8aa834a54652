// Every verb of the command, in the order help lists them.

import type { Verb } from '../verb.ts'
import { app } from './app.ts'
import { backup } from './backup.ts'
import { check } from './check.ts'
import { circleCreate } from './circle-create.ts'
import { circleShow } from './circle-show.ts'
import { exportPackage } from './export.ts'
import { hold } from './hold.ts'
import { init } from './init.ts'
import { invite } from './invite.ts'
import { join } from './join.ts'
import { list } from './list.ts'
import { lock } from './lock.ts'
import { own } from './own.ts'
import { panic } from './panic.ts'
import { record } from './record.ts'
import { reinstate } from './reinstate.ts'
import { restore } from './restore.ts'
import { revoke } from './revoke.ts'
import { role } from './role.ts'
import { second } from './second.ts'
import { status } from './status.ts'
import { take } from './take.ts'
import { unlock } from './unlock.ts'
import { verify } from './verify.ts'
import { watch } from './watch.ts'

export const verbs: readonly Verb[] = [
  init,
  app,
  status,
  circleCreate,
  circleShow,
  invite,
  join,
  revoke,
  second,
  reinstate,
  role,
  own,
  record,
  hold,
  list,
  watch,
  exportPackage,
  verify,
  check,
  lock,
  unlock,
  backup,
  restore,
  panic,
  take
]
