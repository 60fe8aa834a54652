// How a device that was cut off is a member again, and an accuser has its powers back.

import type { Rules } from '../story.ts'

export const REINSTATING: Rules = {
  'another organiser reinstates, and the accuser stays without powers': `
    circle ben cleo:organiser dora
    ana revokes ben = void reinstated
    cleo reinstates ben
    ana adds emil = void on-hold
    members ana:organiser! ben cleo:organiser dora`,

  'another organiser gives an accuser its powers back with its role': `
    circle ben cleo:organiser dora
    ana revokes ben
    cleo reinstates ben
    cleo makes ana:organiser
    ana adds emil
    members ana:organiser ben cleo:organiser dora emil`,

  'what a reinstated device says as a member again counts, and what it said cut off does not': `
    circle ben:organiser cleo:organiser dora
    ana revokes ben
    ben adds emil = void cut-off
    cleo reinstates ben
    ben adds finn
    members ana:organiser! ben:organiser cleo:organiser dora finn`,

  'neither the accuser nor the target nor a puppet of it reinstates': `
    circle ben:organiser cleo dora
    ben adds pit:organiser
    ana revokes ben
    ana reinstates ben = void on-hold
    ben reinstates ben = void cut-off
    pit reinstates ben = void no-right
    cleo reinstates ben = void no-right
    members ana:organiser! ben:organiser- cleo dora pit:organiser`,

  'what two people said takes two others to undo': `
    circle ben cleo dora:organiser emil
    ana revokes ben
    cleo seconds ana on ben
    dora reinstates ben = on-hold needs-second
    members ana:organiser ben- cleo dora:organiser emil`,

  'an accuser that undoes what another accused undoes not what it said itself': `
    circle ben:organiser cleo:organiser dora
    ana revokes dora
    ben revokes dora
    cleo makes ana:organiser
    ana reinstates dora = effective
    members ana:organiser ben:organiser! cleo:organiser dora-`
}
