// Every verb of the command, in the order help lists them.

import type { Verb } from '../verb.ts'
import { app } from './device/app.ts'
import { backup } from './device/backup.ts'
import { init } from './device/init.ts'
import { lock } from './device/lock.ts'
import { panic } from './device/panic.ts'
import { rename } from './device/rename.ts'
import { restore } from './device/restore.ts'
import { status } from './device/status.ts'
import { take } from './device/take.ts'
import { unlock } from './device/unlock.ts'
import { circleCreate } from './circle/create.ts'
import { invite } from './circle/invite.ts'
import { join } from './circle/join.ts'
import { own } from './circle/own.ts'
import { reinstate } from './circle/reinstate.ts'
import { revoke } from './circle/revoke.ts'
import { role } from './circle/role.ts'
import { second } from './circle/second.ts'
import { circleShow } from './circle/show.ts'
import { check } from './recordings/check.ts'
import { exportPackage } from './recordings/export.ts'
import { hold } from './recordings/hold.ts'
import { list } from './recordings/list.ts'
import { record } from './recordings/record.ts'
import { verify } from './recordings/verify.ts'
import { watch } from './recordings/watch.ts'

export const verbs: readonly Verb[] = [
  init,
  app,
  status,
  rename,
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
