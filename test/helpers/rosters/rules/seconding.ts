// Whose second counts: of whom, let in by whom.

import type { Rules } from '../story.ts'

export const SECONDING: Rules = {
  'seconds of the accuser, the target, a relay, or the accuser’s other phone do not count': `
    circle ana2 ben cleo rex:relay
    ana2 owns ana
    ana revokes ben = effective needs-second
    ana seconds ana on ben = void not-independent
    ben seconds ana on ben = void cut-off
    rex seconds ana on ben = void no-right
    ana2 seconds ana on ben = void not-independent
    members ana2 ana:organiser! ben- cleo rex:relay`,

  'attack: an organiser seconds with puppets it let in, and puppets of those': `
    circle ben:organiser cleo dora
    ben adds pit:organiser
    pit adds pat
    ben revokes cleo
    pit seconds ben on cleo = void not-independent
    pat seconds ben on cleo = void not-independent
    members ana:organiser ben:organiser! cleo- dora pat pit:organiser`,

  'attack: puppets that are organisers accuse one each, and one of them counts': `
    circle ben:organiser cleo dora emil
    ben adds pit:organiser
    ben adds pat:organiser
    ben adds pot:organiser
    ben revokes ana (knows all to ben on pot)
    pit revokes cleo (knows all to ben on pot)
    pat revokes dora (knows all to ben on pot)
    pot revokes emil (knows all to ben on pot)
    1 cut off`,

  'a puppet that an honest member has vouched for may second': `
    circle ben:organiser cleo dora
    ben adds fay
    dora seconds ben on fay
    ben revokes cleo = effective
    fay seconds ben on cleo
    members ana:organiser ben:organiser cleo- dora fay`,

  'where all came in through the founder, the first two second, and who came before the target': `
    circle ben cleo dora emil finn
    ana revokes emil = effective
    finn seconds ana on emil = void not-independent
    dora seconds ana on emil = effective
    members ana:organiser ben cleo dora emil- finn`,

  'attack: a founder’s phone lets puppets in and has them second': `
    circle ben cleo
    ana adds pit:organiser
    ana adds pat:organiser
    ana revokes ben = effective needs-second
    pit seconds ana on ben
    pat revokes cleo = on-hold needs-second
    pit seconds pat on cleo
    members ana:organiser! ben- cleo pat:organiser pit:organiser`
}
