// Far more said by one device than is weighed, in journals whose keys go before all others.

import type { Rules } from '../story.ts'

export const FLOODING: Rules = {
  'a founder that says 1,100 things in a journal that goes first changes no member': `
    circle ben:organiser cleo
    ben adds dora
    ana owns ben (knows nothing; journal aaa; times 1100)
    members ana:organiser ben:organiser cleo dora`,

  'an organiser that says 1,100 things in a journal that goes first changes no member': `
    circle ben:organiser cleo
    ben adds dora
    ben adds emil:organiser
    emil adds finn
    ben owns cleo (knows nothing; journal aaa; times 1100)
    members ana:organiser ben:organiser cleo dora emil:organiser finn`,

  'who adds 1,100 times in a journal that goes first takes out nobody it added before': `
    circle ben:organiser
    ben adds cleo
    ben adds dora:organiser
    ben adds pit (knows nothing; journal aaa; times 1100)
    members ana:organiser ben:organiser cleo dora:organiser pit`,

  'nor in 600 journals, where others had read of the ones before': `
    circle ben:organiser
    ben adds cleo
    ben adds dora
    ben adds emil
    ana owns ben
    ben adds pit (knows nothing; journal aaa*; times 600)
    ana owns ben
    members ana:organiser ben:organiser cleo dora emil pit`,

  'nor where those that it made up say that they had read of the new ones while there was less': `
    circle ben:organiser
    ana owns ana (knows nothing; times 700)
    ben adds cleo
    ben adds dora
    ben adds emil
    ana owns ben
    ben adds pit (knows nothing; journal aaa; times 600)
    pit owns ben (knows ben on pit)
    members ana:organiser ben:organiser cleo dora emil pit`,

  'nor does the founder, whatever it says that it founded': `
    circle ben
    ben owns ana
    ana adds pit (knows nothing; journal aaa*; times 600)
    ana revokes pit (knows nothing; journal aaa; times 600)
    members ana:organiser! ben pit-`
}
