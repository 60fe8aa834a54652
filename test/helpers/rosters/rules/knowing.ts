// What had been read when something was said, and what is said of a time before.

import type { Rules } from '../story.ts'

export const KNOWING: Rules = {
  'who was let in elsewhere meanwhile takes back nothing that was said in good faith alone': `
    circle zoe:organiser ben
    zoe revokes zoe
    zoe adds cleo (knows the founding; journal zoe before)
    ana revokes ben (knows all to zoe on zoe)
    ana adds dora (knows all to zoe on zoe, ana on ben)
    members ana:organiser! ben- cleo dora zoe:organiser-`,

  'attack: a cut-off device backdates, and what it says of the time before is void': `
    circle ben:organiser cleo dora
    ana revokes ben
    ben revokes cleo (knows the founding; at 1) = void cut-off
    ben makes dora:organiser (knows the founding; at 1) = void cut-off
    ben adds pit:organiser (knows the founding; at 1) = on-hold unconfirmed
    pit revokes cleo (knows the founding) = void no-right
    members ana:organiser! ben:organiser- cleo dora pit:organiser?`,

  'what a revocation covered stands, and who was let in before is a member still': `
    circle ben:organiser cleo dora
    ben adds emil
    ana revokes ben
    members ana:organiser! ben:organiser- cleo dora emil`,

  'an addition that another member had read before the revocation stands': `
    circle ben:organiser cleo dora
    ben adds emil
    cleo owns dora
    ana revokes ben (knows the founding)
    members ana:organiser! ben:organiser- cleo dora emil`,

  'that a relay had read it before is no reason for an addition to stand': `
    circle ben:organiser cleo rex:relay
    ben adds emil
    rex owns cleo
    ana revokes ben (knows the founding)
    members ana:organiser! ben:organiser- cleo emil? rex:relay`,

  'who is unconfirmed is a member again once any organiser adds it again': `
    circle ben:organiser cleo:organiser dora
    ana revokes ben
    ben adds emil (knows the founding)
    ben adds finn (knows the founding)
    cleo adds emil
    members ana:organiser! ben:organiser- cleo:organiser dora emil finn?`,

  'attack: an accuser that has read nothing strips nobody that came in before it': `
    circle cleo ben:organiser dora
    ben revokes ana (knows nothing)
    members ana:organiser- ben:organiser! cleo dora?`,

  'attack: an accuser that has read nothing does not undo what two people said': `
    circle ben cleo dora:organiser
    ana revokes ben = effective
    cleo seconds ana on ben
    dora revokes ana (knows nothing)
    members ana:organiser- ben- cleo dora:organiser!`,

  'what a device has said it had read it cannot deny later': `
    circle ben:organiser cleo dora
    ben owns cleo
    ben revokes ana (knows nothing)
    members ana:organiser- ben:organiser! cleo dora`,

  'attack: claims to have read the future change nothing of what others had read': `
    circle ben:organiser cleo dora
    ben adds pit (knows the future)
    ana revokes ben
    members ana:organiser! ben:organiser- cleo dora pit`
}
