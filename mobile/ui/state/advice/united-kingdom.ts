// What the law of England and Wales adds; Scotland and Northern Ireland differ. Written from the texts
// named below as their publishers and summaries give them; no lawyer has read it yet.

import type { CountryAdvice } from './advice.ts'

export const UNITED_KINGDOM: CountryAdvice = {
  country: 'gb',
  name: {
    fr: 'Royaume-Uni (Angleterre et pays de Galles)',
    en: 'United Kingdom (England and Wales)'
  },
  checkedOn: '2026-11',
  readBy: null,
  sources: [
    'Metropolitan Police Service, Photography advice',
    'Terrorism Act 2000, sections 43 and 58A',
    'Police and Criminal Evidence Act 1984, section 19',
    'Police and Criminal Evidence Act 1984, sections 56 and 58, and Code C'
  ],
  additions: {
    details: {
      text: {
        fr: 'Filmez le numéro porté sur l’épaule de l’agent, avec les lettres qui l’accompagnent.',
        en: 'Film the number on the officer’s shoulder, with the letters beside it.'
      },
      sources: [0]
    },
    'asked-to-stop': {
      text: {
        fr: 'La police de Londres l’écrit elle-même : il ne faut pas d’autorisation pour filmer dans un lieu public, et la police ne peut pas vous empêcher de filmer des agents. Une loi contre le terrorisme fait exception ; elle ne vise pas le travail ordinaire de la police.',
        en: 'The Metropolitan Police say it themselves: you need no permit to film in a public place, and the police have no power to stop you filming officers. A terrorism law makes an exception; it is not meant for ordinary policing.'
      },
      sources: [0, 1]
    },
    phone: {
      text: {
        fr: 'Un agent n’a pas le droit d’effacer vos images pendant une fouille. Il peut regarder ou garder le téléphone si la loi le lui permet, par exemple s’il a des raisons d’y voir une preuve. Demandez sur quelle loi il s’appuie.',
        en: 'An officer has no power to delete your pictures during a search. They may look at or keep the phone where a law allows it, for example where they have reason to think it is evidence. Ask which law they rely on.'
      },
      sources: [0, 1, 2]
    },
    arrested: {
      text: {
        fr: 'Au poste, vous avez droit à un avocat gratuit et à ce qu’une personne soit prévenue. Attention : se taire peut parfois être retenu contre vous au procès ; demandez à l’avocat.',
        en: 'At the station you have the right to a free solicitor and to have somebody told. Careful: staying silent can sometimes be held against you in court; ask the solicitor.'
      },
      sources: [3]
    }
  }
}
