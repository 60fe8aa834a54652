// Revocations: who accuses, who seconds, who does not count as a second, and who accuses back.

import type { Rules } from '../story.ts'

export const ACCUSING: Rules = {
  'an organiser alone cuts off at once, and has no powers until somebody seconds it': `
    circle ben cleo
    ana revokes ben = effective needs-second
    ana adds dora = void on-hold
    members ana:organiser! ben- cleo`,

  'once seconded the accuser has its powers again, for what it says in knowledge of that': `
    circle ben cleo
    ana revokes ben = effective
    ana adds emil = void on-hold
    cleo seconds ana on ben
    ana adds dora
    members ana:organiser ben- cleo dora`,

  'where two are alone no second is needed': `
    circle ben rex:relay
    ana revokes ben = effective
    ana adds cleo
    members ana:organiser ben- cleo rex:relay`,

  'a relay cuts off nobody, not even its owner’s other device, and its owner’s device cuts it off': `
    circle ben cleo rex:relay
    rex owns ben
    ben owns rex
    rex revokes ben = void no-right
    ben revokes rex = effective needs-second
    members ana:organiser ben! cleo rex:relay-`,

  'a second accusation made on hold is void': `
    circle ben cleo dora
    ana revokes ben
    ana revokes cleo = void on-hold
    dora seconds ana on cleo
    members ana:organiser! ben- cleo dora`,

  'one device that writes two journals at once has one accusation all the same': `
    circle ben cleo dora
    ana revokes ben (knows the founding)
    ana revokes cleo (knows nothing; journal ana again)
    1 cut off`,

  'nor does a second make one of what it said side by side, in another journal': `
    circle zoe:organiser ben cleo dora
    zoe revokes cleo (knows nothing; journal zoe again) = effective needs-second
    zoe revokes ben (knows the founding) = void on-hold
    ana seconds zoe on ben
    members ana:organiser ben cleo- dora zoe:organiser!`,

  'a contact’s revocation counts once another contact seconds it, even of the only organiser': `
    circle ben cleo dora
    ben revokes ana = on-hold needs-second, then effective
    cleo seconds ben on ana
    members ana:organiser- ben cleo dora`,

  'own devices that both said so revoke each other at once; on the word of one they do not': `
    circle ben ben2 cleo cleo2
    ben owns ben2
    ben2 owns ben
    cleo owns cleo2
    ben2 revokes ben = effective needs-second
    cleo revokes cleo2 = on-hold needs-second
    members ana:organiser ben2! ben- cleo2 cleo`,

  'two that accuse each other at once are both cut off, and both without powers': `
    circle ben:organiser cleo dora
    ana revokes ben (knows the founding)
    ben revokes ana (knows the founding)
    members ana:organiser-! ben:organiser-! cleo dora`,

  'of two that accuse each other, the one that is seconded stays': `
    circle ben:organiser cleo dora
    ana revokes ben (knows the founding) = effective
    ben revokes ana (knows the founding) = void cut-off
    cleo seconds ana on ben
    members ana:organiser ben:organiser- cleo dora`,

  'where both accusations are seconded, both stay out': `
    circle ben:organiser cleo dora
    ana revokes ben (knows the founding)
    ben revokes ana (knows the founding)
    cleo seconds ana on ben
    dora seconds ben on ana
    members ana:organiser- ben:organiser- cleo dora`,

  'who knows that it is cut off accuses nobody back': `
    circle ben:organiser cleo dora
    ana revokes ben
    ben revokes ana = void cut-off
    members ana:organiser! ben:organiser- cleo dora`
}
