// What French law adds. Written from the texts named below as their publishers and summaries give them;
// no lawyer has read it yet.

import type { CountryAdvice } from './advice.ts'

export const FRANCE: CountryAdvice = {
  country: 'fr',
  name: { fr: 'France', en: 'France' },
  checkedOn: '2026-11',
  readBy: null,
  sources: [
    'Ministère de l’Intérieur, circulaire n° 2008-8433-D du 23 décembre 2008',
    'Code de la sécurité intérieure, art. R. 434-15 ; arrêté du 24 décembre 2013 ; Conseil d’État, 11 octobre 2023, n° 467771',
    'Code pénal, art. 222-33-3',
    'Loi du 29 juillet 1881, art. 35 ter et 39 sexies',
    'Code pénal, art. 223-1-1',
    'Code pénal, art. 434-15-2 ; Cour de cassation, assemblée plénière, 7 novembre 2022, n° 21-83.146',
    'Code de procédure pénale, art. 78-2 et 78-3',
    'Code de procédure pénale, art. 63-1 à 63-4'
  ],
  additions: {
    details: {
      text: {
        fr: 'Policiers et gendarmes doivent en principe porter un numéro lisible : le RIO, sept chiffres sur la poitrine ou l’épaule. S’il manque ou s’il est caché, filmez-le aussi.',
        en: 'Police and gendarmes must as a rule wear a number that can be read: the RIO, seven digits on the chest or shoulder. If it is missing or hidden, film that too.'
      },
      sources: [1]
    },
    officers: {
      text: {
        fr: 'Le visage des agents de certaines unités (antiterrorisme, intervention) ne doit pas être publié de façon à les identifier. Filmer n’est pas publier.',
        en: 'Officers of some units (counter-terrorism, intervention) must not be published so that they can be identified. Filming is not publishing.'
      },
      sources: [0, 3]
    },
    'not-live': {
      text: {
        fr: 'Filmer certaines violences peut être traité comme une complicité, sauf si c’est pour servir de preuve en justice. Publier peut être puni à part : une personne menottée et reconnaissable, ou des informations sur la vie d’un agent qui le mettent en danger.',
        en: 'Filming some kinds of violence can be treated as complicity, except where it is done to serve as evidence in court. Publishing can be an offence of its own: a person in handcuffs who can be recognised, or details of an officer’s life that put them in danger.'
      },
      sources: [2, 3, 4]
    },
    'asked-to-stop': {
      text: {
        fr: 'Le ministère l’a écrit à ses services : un policier ne peut pas s’opposer à être filmé en mission sur la voie publique, ni interpeller quelqu’un pour cette seule raison. Il peut vous faire reculer pour protéger des personnes, des traces ou une enquête. Pour un contrôle d’identité, on peut vous retenir quatre heures au plus.',
        en: 'The ministry wrote it to its own services: an officer cannot object to being filmed on duty in a public place, nor stop somebody for that alone. You can be made to step back to protect people, traces or an investigation. For an identity check you can be kept four hours at most.'
      },
      sources: [0, 6]
    },
    phone: {
      text: {
        fr: 'On ne peut ni vous retirer l’appareil ni détruire la vidéo parce que vous filmiez. Une enquête peut permettre une saisie. Attention : refuser de donner le code peut être une infraction dans certains cas ; demandez un avocat avant de répondre.',
        en: 'Your phone may not be taken, nor the video destroyed, because you were filming. An investigation may allow a seizure. Careful: refusing to give the code can be an offence in some cases; ask for a lawyer before you answer.'
      },
      sources: [0, 5]
    },
    arrested: {
      text: {
        fr: 'En garde à vue vous avez le droit de vous taire, de voir un avocat (commis d’office si vous n’en avez pas), un médecin, et de faire prévenir un proche.',
        en: 'In police custody you have the right to stay silent, to see a lawyer (one is appointed if you have none), to see a doctor, and to have a relative told.'
      },
      sources: [7]
    }
  }
}
