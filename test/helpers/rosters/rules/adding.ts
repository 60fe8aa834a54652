// Who lets whom in, who leaves, and who gives which role.

import type { Rules } from '../story.ts'

export const ADDING: Rules = {
  'whom an organiser lets in again as more than others had left it is shown as what it is taken for': `
    circle ben:organiser cleo:organiser dora mal:organiser
    ana makes mal:contact
    ben seconds ana on mal
    mal adds pit = void no-right
    cleo adds mal:organiser
    mal adds pat
    members ana:organiser ben:organiser cleo:organiser dora mal:organiser pat`,

  'the founder is the first organiser': `
    members ana:organiser`,

  'an organiser adds, in whatever role, and an organiser it added adds as well': `
    circle ben:organiser cleo:keeper
    ben adds dora:relay
    members ana:organiser ben:organiser cleo:keeper dora:relay`,

  'contacts, keepers, relays and strangers add nobody, and nobody adds itself': `
    circle ben cleo:keeper dora:relay
    ben adds gil:organiser = void no-right
    cleo adds gil:organiser = void no-right
    dora adds gil:organiser = void no-right
    hana adds gil:organiser = void no-right
    gil adds gil:organiser = void no-right
    members ana:organiser ben cleo:keeper dora:relay`,

  'who is added twice keeps the role that allows more': `
    circle ben:organiser cleo
    ben adds cleo:relay
    ben adds ana:relay
    members ana:organiser ben:organiser cleo`,

  'nobody is let in with a key to be sealed for that it has not signed itself': `
    circle ben:organiser
    ana adds cleo (box gil) = void foreign-key
    cleo adds dora = void no-right
    ana adds cleo:keeper = effective
    members ana:organiser ben:organiser cleo:keeper`,

  'a member revokes itself, whatever its role, and needs nobody for it': `
    circle ben:relay cleo dora
    ben revokes ben = effective
    members ana:organiser ben:relay- cleo dora`,

  'where no organiser is left, two members make one': `
    circle ben cleo dora
    ben revokes ana
    cleo seconds ben on ana
    dora makes dora:organiser = void no-right
    ben makes cleo:organiser = effective
    dora seconds ben on cleo
    cleo adds emil
    members ana:organiser- ben cleo:organiser dora emil`,

  'while there is an organiser, others give no roles': `
    circle ben cleo dora
    ben makes cleo:organiser = void no-right
    dora seconds ben on cleo
    members ana:organiser ben cleo dora`,

  'an organiser gives roles; one that takes something away counts once seconded': `
    circle ben cleo:organiser dora
    ana makes ben:organiser
    ana makes cleo:relay = on-hold needs-second, then effective
    ben seconds ana on cleo
    members ana:organiser ben:organiser cleo:relay dora`,

  'a member gives its own role back by itself, and takes none': `
    circle ben:organiser cleo
    ben makes ben:contact
    cleo makes cleo:organiser = void no-right
    ben adds dora = void no-right
    members ana:organiser ben cleo`,

  'what was taken from a member, or given back by it, it does not give itself again': `
    circle ben:organiser cleo:organiser dora
    ana makes ben:relay
    cleo seconds ana on ben
    ben makes ben:organiser = void no-right
    ben adds emil = void no-right
    cleo makes cleo:contact
    cleo makes cleo:organiser = void no-right
    members ana:organiser ben:relay cleo dora`,

  'who is no member is not revoked, nor reinstated, and has no role': `
    ana revokes ben = void no-object
    ana reinstates ben = void no-object
    ana makes ben:organiser = void no-object
    members ana:organiser`
}
