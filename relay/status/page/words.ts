// What the status page says, in French and in English, for somebody who did not set the relay up.
// Must never: say that all is well where somebody's film is not taken.

import type { Health } from '../status.ts'
import type { Why } from '../../quota/quota.ts'

export const LANGUAGES = ['fr', 'en'] as const
export type Language = (typeof LANGUAGES)[number]

export interface Words {
  title: string
  /** The language's own name, and the link to the other one. */
  other: [language: Language, name: string]
  health: Record<Health, [headline: string, whatToDo: string]>
  why: Record<Why, string>
  now: string
  reload: string
  circles: string
  columns: [string, string, string, string, string, string]
  takes: string
  takesBegun: string
  takesNone: string
  refused: (n: number) => string
  leaves: (day: string) => string
  notRelay: string
  facts: string
  used: string
  of: string
  noLimit: string
  diskFree: string
  fullIn: (days: number) => string
  fullUnknown: string
  receipts: string
  scrubbed: string
  never: string
  damaged: string
  running: string
  blind: string
}

const fr: Words = {
  title: 'Relais Témoin',
  other: ['en', 'English'],
  health: {
    alone: [
      'Ce relais ne garde encore rien',
      'Demandez une invitation « relay » à une personne qui organise un cercle, puis : temoin-relay join <invitation>'
    ],
    'not-relay': [
      'Dans un cercle cet appareil n’est pas un relais',
      'Le tableau dit lequel. S’il y a été invité autrement que comme « relay », il pourrait lire les films : faites-le révoquer dans ce cercle et inviter à nouveau, dans un autre dossier. S’il y a été révoqué, il n’en reçoit plus rien.'
    ],
    damaged: [
      'Le disque a abîmé une partie de ce qui est gardé',
      'Ce qui manque est redemandé aux autres appareils. Faites examiner ce disque avant qu’il ne lâche, et invitez un second relais.'
    ],
    unlinked: [
      'Aucun appareil n’a encore été joint depuis le démarrage',
      'Sans liaison, aucun film n’arrive ici. Si une personne du cercle est en ligne et que cela dure : vérifiez qu’internet fonctionne ici et que le pare-feu laisse passer UDP.'
    ],
    good: ['Tout va bien', 'Ce qui est filmé est gardé ici. Il n’y a rien à faire.'],
    filling: [
      'La place commence à manquer',
      'Tout est encore gardé. Prévoyez bientôt un disque plus grand, ou augmentez la limite (quota).'
    ],
    full: [
      'Plein : de nouveaux films ne sont pas gardés ici',
      'Rien de ce qui est gardé n’est perdu ni effacé. Libérez de la place sur le disque ou augmentez la limite (quota) : la suite est reprise sans redémarrage.'
    ]
  },
  why: {
    quota: 'la limite du relais est atteinte',
    'circle-quota': 'la limite de ce cercle est atteinte',
    disk: 'le disque est presque plein'
  },
  now: 'État du',
  reload: 'Rechargez la page pour le voir à nouveau.',
  circles: 'Cercles',
  columns: ['Cercle', 'Appareils ici', 'Films', 'En cours', 'Taille', 'État'],
  takes: 'tout est gardé',
  takesBegun: 'seulement la suite des films commencés',
  takesNone: 'plus rien n’est gardé de nouveau',
  refused: (n) => (n === 1 ? '1 film n’est pas gardé ici' : `${n} films ne sont pas gardés ici`),
  leaves: (day) =>
    `ce relais abandonne ce cercle : ses films peuvent être effacés à partir du ${day}`,
  notRelay:
    'ATTENTION : cet appareil n’est pas « relay » dans ce cercle, il pourrait lire les films',
  facts: 'En détail',
  used: 'Place prise par les films',
  of: 'sur',
  noLimit: 'sans limite connue',
  diskFree: 'Libre sur le disque',
  fullIn: (days) => (days === 0 ? 'c’est plein' : `plein dans ${days} jours à ce rythme`),
  fullUnknown: 'on ne peut pas encore le dire',
  receipts: 'Reçus signés depuis le démarrage',
  scrubbed: 'Dernière relecture complète',
  never: 'pas encore',
  damaged: 'Blocs abîmés trouvés',
  running: 'Démarré le',
  blind: 'Ce relais garde des films chiffrés. Il ne peut ni les voir, ni savoir qui les a faits.'
}

const en: Words = {
  title: 'Temoin relay',
  other: ['fr', 'Français'],
  health: {
    alone: [
      'This relay holds nothing yet',
      'Ask an organiser of a circle for a “relay” invite, then: temoin-relay join <invite>'
    ],
    'not-relay': [
      'In some circle this device is not a relay',
      'The table says in which. If it was invited there as anything else than “relay”, it could read films: have it revoked in that circle and invited again, in another directory. If it was revoked there, it gets nothing of it any more.'
    ],
    damaged: [
      'The disk has damaged some of what is held',
      'What is missing is fetched again from the other devices. Have this disk looked at before it fails, and invite a second relay.'
    ],
    unlinked: [
      'No device has been linked yet since the start',
      'Without a link no film comes here. If somebody of the circle is online and this stays: see that the internet works here, and that the firewall lets UDP through.'
    ],
    good: ['All is well', 'What is filmed is held here. There is nothing to do.'],
    filling: [
      'Room is running out',
      'Everything is still held. Plan for a larger disk soon, or raise the quota.'
    ],
    full: [
      'Full: new films are not held here',
      'Nothing that is held is lost or deleted. Free some of the disk, or raise the quota: it goes on without a restart.'
    ]
  },
  why: {
    quota: 'the quota of the relay is used up',
    'circle-quota': 'the quota of this circle is used up',
    disk: 'the disk is nearly full'
  },
  now: 'As of',
  reload: 'Reload the page to look again.',
  circles: 'Circles',
  columns: ['Circle', 'Devices here', 'Films', 'Running', 'Size', 'State'],
  takes: 'everything is held',
  takesBegun: 'only more of films that have begun',
  takesNone: 'nothing new is held',
  refused: (n) => (n === 1 ? '1 film is not held here' : `${n} films are not held here`),
  leaves: (day) => `this relay gives up this circle: its films may be deleted from ${day} on`,
  notRelay: 'WARNING: this device is not “relay” in this circle, it might read its films',
  facts: 'In detail',
  used: 'Taken by films',
  of: 'of',
  noLimit: 'no limit known',
  diskFree: 'Free on the disk',
  fullIn: (days) => (days === 0 ? 'it is full' : `full in ${days} days at this rate`),
  fullUnknown: 'too early to tell',
  receipts: 'Receipts signed since the start',
  scrubbed: 'Everything was last read again',
  never: 'not yet',
  damaged: 'Damaged blocks found',
  running: 'Started',
  blind: 'This relay holds encrypted films. It can neither see them nor tell who made them.'
}

export const WORDS: Record<Language, Words> = { fr, en }
