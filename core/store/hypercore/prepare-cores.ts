// What is changed in every core of a store, now and later, before it can replicate: the guard first.

import type Corestore from 'corestore'
import { guardCore } from './guard.ts'
import type { AttemptHandler } from './guard.ts'
import { hushWhilePushed } from './news/hush.ts'
import { writeNoHints } from './no-hints.ts'
import { limitSecondAsks } from './second-asks.ts'
import { makeSparing } from './spare.ts'

/** Call before anything replicates. */
export function prepareCores(store: Corestore, onAttempt: AttemptHandler): void {
  store.watch((core) => {
    guardCore(core, onAttempt)
    hushWhilePushed(core)
    makeSparing(core)
    limitSecondAsks(core)
    writeNoHints(core)
  })
}
