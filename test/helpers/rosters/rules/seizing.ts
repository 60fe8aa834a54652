// A seed in hostile hands, above all the founder's: what is said with it as if nothing had been said before,
// to take back whom it ever let in.

import type { Rules } from '../story.ts'

export const SEIZING: Rules = {
  'attack: a founder’s seed takes itself out as if it had read nothing, and with it nobody it let in': `
    circle ben:organiser cleo dora
    ben adds emil
    ana revokes ana (knows nothing; journal aaa) = effective
    members ana:organiser- ben:organiser cleo dora emil`,

  'attack: it makes itself a contact as if it had read nothing, and all it let in stay what they are': `
    circle ben:organiser cleo dora
    ben adds emil
    ana makes ana:contact (knows nothing; journal aaa) = effective
    members ana ben:organiser cleo dora emil`,

  'attack: puppets that it lets in as if it had read nothing take it out, and nobody else': `
    circle ben:organiser cleo dora
    ben adds emil
    ana adds pit:organiser (knows nothing; journal aaa)
    ana adds pat:organiser (knows nothing; journal aab)
    pit revokes ana (knows nothing)
    pat seconds pit on ana (knows pit on ana)
    members ana:organiser- ben:organiser cleo dora emil pat:organiser? pit:organiser!`,

  'attack: such puppets make it a contact, and all it let in before stay what they are': `
    circle ben:organiser cleo dora
    ben adds emil
    ana adds pit:organiser (knows nothing; journal aaa)
    ana adds pat:organiser (knows nothing; journal aab)
    pit makes ana:contact (knows nothing)
    pat seconds pit on ana (knows pit on ana)
    members ana:organiser ben:organiser cleo dora emil pat:organiser? pit:organiser`,

  'attack: a puppet that takes it out brings nobody back whom it had taken out before': `
    circle ben:organiser cleo mal
    ana revokes mal
    ana adds pit:organiser (knows nothing; journal aaa) = void on-hold
    pit revokes ana (knows nothing)
    members ana:organiser! ben:organiser cleo mal-`,

  'attack: the first two it let in second still, whomever it claims to have let in beside them': `
    circle ben cleo dora emil
    ana adds pit (knows nothing; journal aaa)
    ana adds pat (knows nothing; journal aab)
    ana revokes ben
    cleo seconds ana on ben = effective
    members ana:organiser ben- cleo dora emil`,

  'attack: it lets members in again as if for the first time, and each has the name that it had': `
    circle ben cleo
    ana adds ben:keeper (knows nothing; journal aaa)
    members ana:organiser ben cleo`,

  'attack: it lets in again, with a key of its own to be sealed for, whom it or another organiser let in': `
    circle ben:organiser cleo
    ben adds dora
    ana adds dora (knows nothing; journal aaa; box pit) = void foreign-key
    ana adds cleo (knows nothing; journal aab; box pit) = void foreign-key
    members ana:organiser ben:organiser cleo dora`,

  'attack: an organiser’s seed does so with whom an organiser let in that it let in itself': `
    circle ben:organiser
    ben adds cleo:organiser
    cleo adds dora
    ben adds dora:keeper (knows nothing; journal aaa; box pit) = void foreign-key
    members ana:organiser ben:organiser cleo:organiser dora`,

  'attack: it makes up members in 600 journals, who say they had read of one another first': `
    circle ben cleo:organiser dora
    ana adds pit:organiser (knows nothing; journal aaa)
    ana adds pat (knows nothing; journal aab*; times 600)
    pit owns pat (knows ana on pit, ana on pat)
    members ana:organiser ben cleo:organiser dora pat pit:organiser`,

  'attack: an organiser’s seed that takes itself out as if it had read nothing takes nobody along': `
    circle ben:organiser cleo
    ben adds dora
    ben adds emil
    ben revokes ben (knows nothing; journal aaa) = effective
    members ana:organiser ben:organiser- cleo dora emil`,

  'attack: nor does one that makes itself a contact': `
    circle ben:organiser cleo
    ben adds dora
    ben revokes emil = void no-object
    ben makes ben:contact (knows nothing; journal aaa) = effective
    members ana:organiser ben cleo dora`,

  'who has taken itself out says nothing more that knows of it': `
    circle ben:organiser cleo
    ben revokes ben
    ben adds pit = void cut-off
    members ana:organiser ben:organiser- cleo`,

  'what is said beside that with its seed lets in, until another takes it out as well': `
    circle ben:organiser cleo dora
    ben revokes ben
    ben adds pit (knows nothing; journal aaa)
    ana revokes ben (knows all to ben on ben) = effective needs-second
    members ana:organiser! ben:organiser- cleo dora pit?`,

  'what an organiser is made by others it was not before, as far as they or others had read': `
    circle ben:organiser cleo:organiser dora
    ben adds emil
    ana makes ben:contact
    cleo seconds ana on ben
    ben adds pit (knows the founding; journal aaa) = on-hold unconfirmed
    members ana:organiser ben cleo:organiser dora emil pit?`
}
