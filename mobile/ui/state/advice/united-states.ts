// What the law of the United States adds; states differ, above all about sound. Written from the texts
// named below as their publishers and summaries give them; no lawyer has read it yet.

import type { CountryAdvice } from './advice.ts'

export const UNITED_STATES: CountryAdvice = {
  country: 'us',
  name: { fr: 'États-Unis', en: 'United States' },
  checkedOn: '2026-11',
  readBy: null,
  sources: [
    'ACLU, Know Your Rights: photographers and filming the police',
    'Glik v. Cunniffe, 655 F.3d 78 (1st Cir. 2011); Fields v. City of Philadelphia, 862 F.3d 353 (3d Cir. 2017)',
    'Riley v. California, 573 U.S. 373 (2014)',
    'Miranda v. Arizona, 384 U.S. 436 (1966)'
  ],
  additions: {
    silence: {
      text: {
        fr: 'Certains États limitent l’enregistrement du son à l’insu des gens : tenez le téléphone bien en vue.',
        en: 'Some states limit recording sound without people knowing: hold the phone in plain sight.'
      },
      sources: [0]
    },
    details: {
      text: {
        fr: 'Filmez le nom et le numéro sur l’insigne, et le numéro de la voiture.',
        en: 'Film the name and number on the badge, and the number of the car.'
      },
      sources: [0]
    },
    'asked-to-stop': {
      text: {
        fr: 'Dans un lieu public où vous avez le droit d’être, plusieurs cours d’appel protègent le fait de filmer la police. On peut vous faire reculer si vous gênez vraiment. Si on menace de vous arrêter, à vous de peser le risque.',
        en: 'In a public place where you may be, several courts of appeals protect filming the police. You can be ordered back if you really interfere. If you are threatened with arrest, weigh the risk yourself.'
      },
      sources: [0, 1]
    },
    phone: {
      text: {
        fr: 'En règle générale, il faut un mandat pour fouiller un téléphone, même après une arrestation. Personne n’a le droit d’effacer vos images.',
        en: 'As a rule a warrant is needed to search a phone, even after an arrest. Nobody may delete your pictures.'
      },
      sources: [0, 2]
    },
    arrested: {
      text: {
        fr: 'Dites à voix haute que vous gardez le silence et que vous voulez un avocat ; puis taisez-vous.',
        en: 'Say out loud that you are staying silent and want a lawyer; then say no more.'
      },
      sources: [3]
    }
  }
}
