// What helps wherever one films: short, for somebody who reads it on a bench the evening before.
// Must never: say what a law is (that is the countries' files), or need more than a minute a card.

import type { Basics, InBoth, Topic } from './advice.ts'

export const EVERYWHERE: Record<Topic, InBoth<Basics>> = {
  silence: {
    fr: {
      title: 'Filmez sans commenter',
      why: 'Votre voix couvre ce qui se dit, et un mot de colère sera retourné contre la vidéo. Dites seulement la date, l’heure et le lieu, une fois, au début ou à la fin.'
    },
    en: {
      title: 'Film without comment',
      why: 'Your voice covers what is being said, and an angry word will be used against the video. Say only the date, the time and the place, once, at the beginning or the end.'
    }
  },
  details: {
    fr: {
      title: 'Montrez les plaques et les numéros',
      why: 'Un visage casqué ne dit pas qui c’est. Tenez le plan deux secondes sur la plaque du véhicule, le numéro de l’agent, l’écusson de l’unité, puis revenez à la scène.'
    },
    en: {
      title: 'Show plates and numbers',
      why: 'A face under a helmet does not say who it is. Hold the picture for two seconds on the number plate, the officer’s number, the badge of the unit, then go back to the scene.'
    }
  },
  distance: {
    fr: {
      title: 'Gardez vos distances',
      why: 'À quelques mètres, vous voyez toute la scène et personne ne peut dire que vous gêniez. Si on vous dit de reculer, reculez en continuant de filmer. Ne courez pas, ne touchez personne.',
      say: 'Je recule. Je continue de filmer.'
    },
    en: {
      title: 'Keep your distance',
      why: 'From a few metres away you have the whole scene, and nobody can say you were in the way. If you are told to step back, step back and go on filming. Do not run, do not touch anybody.',
      say: 'I am stepping back. I am still filming.'
    }
  },
  officers: {
    fr: {
      title: 'Filmez les agents, pas la foule',
      why: 'Des manifestants ont été condamnés sur les images de leurs amis. Visez les agents et ce qu’ils font ; évitez les visages, les tatouages et les vêtements des autres.'
    },
    en: {
      title: 'Film officers, not the crowd',
      why: 'Protesters have been convicted on their friends’ pictures. Point at the officers and what they do; keep other people’s faces, tattoos and clothes out of the picture.'
    }
  },
  'not-live': {
    fr: {
      title: 'Ne diffusez pas en direct',
      why: 'Ce qui est publié ne se reprend pas : cela peut désigner une victime, un témoin ou un ami. Votre cercle garde la vidéo sans la montrer à personne. Parlez-en d’abord à la personne concernée et à un avocat.'
    },
    en: {
      title: 'Do not publish live',
      why: 'What is published cannot be taken back: it may point out a victim, a witness or a friend. Your circle keeps the video and shows it to nobody. Talk to the person concerned and to a lawyer first.'
    }
  },
  'asked-to-stop': {
    fr: {
      title: 'On vous dit d’arrêter de filmer',
      why: 'Restez calme et poli, gardez les mains visibles. Demandez pourquoi, et si vous êtes libre de partir. Ne résistez pas avec votre corps : les secondes que l’écran disait en sûreté le restent.',
      say: 'Je filme depuis la voie publique, sans vous gêner. Suis-je libre de partir ?'
    },
    en: {
      title: 'You are told to stop filming',
      why: 'Stay calm and polite, keep your hands in sight. Ask why, and whether you are free to go. Do not resist with your body: the seconds the screen called safe stay safe.',
      say: 'I am filming from a public place and I am not in your way. Am I free to go?'
    }
  },
  phone: {
    fr: {
      title: 'On veut prendre votre téléphone',
      why: 'Dites que vous n’êtes pas d’accord, sans vous battre pour le garder. Verrouillez-le si vous le pouvez. Ne déverrouillez rien et n’effacez rien sans avoir parlé à un avocat. Dès que possible, demandez à un organisateur d’exclure ce téléphone du cercle.',
      say: 'Je ne suis pas d’accord pour que vous preniez ou regardiez mon téléphone.'
    },
    en: {
      title: 'They want to take your phone',
      why: 'Say that you do not agree, and do not fight to keep it. Lock it if you can. Unlock nothing and delete nothing before you have talked to a lawyer. As soon as possible ask an organiser to cut the phone off in the circle.',
      say: 'I do not agree to you taking or looking through my phone.'
    }
  },
  arrested: {
    fr: {
      title: 'Vous êtes arrêté',
      why: 'Donnez votre nom si on vous le demande, puis demandez un avocat et ne dites rien d’autre. Ne signez rien que vous n’ayez lu et compris. Écrivez le nom et le numéro d’un avocat sur votre bras avant de sortir.',
      say: 'Je veux voir un avocat. Je ne ferai pas de déclaration avant.'
    },
    en: {
      title: 'You are arrested',
      why: 'Give your name if you are asked for it, then ask for a lawyer and say nothing else. Sign nothing you have not read and understood. Write a lawyer’s name and number on your arm before you go out.',
      say: 'I want to see a lawyer. I will make no statement before that.'
    }
  }
}
