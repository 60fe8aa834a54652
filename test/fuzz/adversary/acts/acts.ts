// Every kind of action and how it is performed.

import type { Kind } from '../plan.ts'
import type { Act } from './act.ts'
import { jump } from './clock.ts'
import { film, shoot, stop } from './film.ts'
import { forge, fork, push, rival } from './forge.ts'
import { boast, claim, gossip, replay } from './lie.ts'
import { enrol, revoke } from './members.ts'
import { cut, heal, join, partition, pause, resume } from './network.ts'
import { flood, malform } from './noise.ts'
import { kill, power, restart, up } from './power.ts'
import { settle } from './settle.ts'
import { own, reinstate, second } from './trust.ts'
import { twoFaces } from './two-faces.ts'

export const ACTS: Record<Kind, Act> = {
  film,
  shoot,
  stop,
  join,
  cut,
  pause,
  resume,
  partition,
  heal,
  kill,
  power,
  restart,
  up,
  enrol,
  revoke,
  second,
  reinstate,
  own,
  jump,
  forge,
  fork,
  rival,
  boast,
  push,
  replay,
  claim,
  gossip,
  twoFaces,
  flood,
  malform,
  settle
}
