// Every kind of action and how it is performed.

import type { Kind } from '../plan.ts'
import type { Act } from './act.ts'
import { jump } from './machines/clock.ts'
import { film, shoot, stop } from './people/film.ts'
import { forge, fork, push, rival } from './hostile/forge.ts'
import { boast, claim, gossip, replay } from './hostile/lie.ts'
import { accuse, duel } from './organiser/accuse.ts'
import { behalf } from './organiser/behalf.ts'
import { churn } from './organiser/churn.ts'
import { equivocate, withhold } from './organiser/conceal.ts'
import { readmit, smuggle } from './organiser/smuggle.ts'
import { enrol, revoke } from './people/members.ts'
import { cut, heal, join, partition, pause, resume } from './machines/network.ts'
import { flood, malform } from './hostile/noise.ts'
import { kill, power, restart, up } from './machines/power.ts'
import { settle } from './machines/settle.ts'
import { own, reinstate, second } from './people/trust.ts'
import { twoFaces } from './hostile/two-faces.ts'

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
  accuse,
  duel,
  smuggle,
  readmit,
  behalf,
  churn,
  equivocate,
  withhold,
  settle
}
