// How an act is written: what it needs, from the plain values of an action.

import type { Random } from '../../../helpers/random.ts'
import type { Actor } from '../actor.ts'
import type { World } from '../world.ts'

export interface Stage {
  /** What chance is made of. */
  n: number
  world: World
  /** Who does it. */
  a: Actor
  /** Whom it is done to, or with. */
  b: Actor
  /** Chance for everything else. */
  random: Random
}

/** False where it could not be done: whom it needs is down, or there is nothing to do it to. */
export type Act = (stage: Stage) => Promise<boolean> | boolean
