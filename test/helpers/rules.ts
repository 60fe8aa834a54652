// The table of docs/PROTOCOL.md, "Who may say what", as histories: one for each rule and each attack.
// Everybody has read everything unless `knows` says less.

import type { JournalLine } from '../../core/circle/roster.ts'
import { History } from './histories.ts'

export interface Told {
  /** Another circle than the one given. */
  circle?: History
  members: string[]
  fates?: [JournalLine, string][]
}

interface Rule {
  rule: string
  tell(circle: History): Told
}

export const RULES: Rule[] = [
  {
    rule: 'the founder is the first organiser',
    tell: () => ({ members: ['ana:organiser'] })
  },
  {
    rule: 'an organiser adds, in whatever role, and an organiser it added adds as well',
    tell: () => {
      const circle = new History('ben:organiser', 'cleo:keeper')
      circle.adds('ben', 'dora', 'relay')
      return { circle, members: ['ana:organiser', 'ben:organiser', 'cleo:keeper', 'dora:relay'] }
    }
  },
  {
    rule: 'contacts, keepers, relays and strangers add nobody, and nobody adds itself',
    tell: () => {
      const circle = new History('ben', 'cleo:keeper', 'dora:relay')
      const fates: Told['fates'] = ['ben', 'cleo', 'dora', 'hana', 'gil'].map((by) => [
        circle.adds(by, 'gil', 'organiser'),
        'void no-right'
      ])
      return {
        circle,
        fates,
        members: ['ana:organiser', 'ben:contact', 'cleo:keeper', 'dora:relay']
      }
    }
  },
  {
    rule: 'who is added twice keeps the role that allows more',
    tell: () => {
      const circle = new History('ben:organiser', 'cleo')
      circle.adds('ben', 'cleo', 'relay')
      circle.adds('ben', 'ana', 'relay')
      return { circle, members: ['ana:organiser', 'ben:organiser', 'cleo:contact'] }
    }
  },
  {
    rule: 'a member revokes itself, whatever its role, and needs nobody for it',
    tell: () => {
      const circle = new History('ben:relay', 'cleo', 'dora')
      const left = circle.revokes('ben', 'ben')
      return {
        circle,
        fates: [[left, 'effective']],
        members: ['ana:organiser', 'ben:relay-', 'cleo:contact', 'dora:contact']
      }
    }
  },
  {
    rule: 'an organiser alone cuts off at once, and has no powers until somebody seconds it',
    tell: () => {
      const circle = new History('ben', 'cleo')
      const accusation = circle.revokes('ana', 'ben')
      const added = circle.adds('ana', 'dora')
      return {
        circle,
        fates: [
          [accusation, 'effective needs-second'],
          [added, 'void on-hold']
        ],
        members: ['ana:organiser!', 'ben:contact-', 'cleo:contact']
      }
    }
  },
  {
    rule: 'once seconded the accuser has its powers again, for what it says in knowledge of that',
    tell: () => {
      const circle = new History('ben', 'cleo')
      const accusation = circle.revokes('ana', 'ben')
      const early = circle.adds('ana', 'emil')
      circle.seconds('cleo', accusation)
      circle.adds('ana', 'dora')
      return {
        circle,
        fates: [
          [accusation, 'effective'],
          [early, 'void on-hold']
        ],
        members: ['ana:organiser', 'ben:contact-', 'cleo:contact', 'dora:contact']
      }
    }
  },
  {
    rule: 'where two are alone no second is needed',
    tell: () => {
      const circle = new History('ben', 'rex:relay')
      const accusation = circle.revokes('ana', 'ben')
      circle.adds('ana', 'cleo')
      return {
        circle,
        fates: [[accusation, 'effective']],
        members: ['ana:organiser', 'ben:contact-', 'cleo:contact', 'rex:relay']
      }
    }
  },
  {
    rule: 'who was let in elsewhere meanwhile takes back nothing that was said in good faith alone',
    tell: () => {
      const circle = new History('zoe:organiser', 'ben')
      const before = [...circle.lines]
      circle.revokes('zoe', 'zoe')
      const read = [...circle.lines]
      circle.adds('zoe', 'cleo', 'contact', { knows: before, journal: 'zoe before' })
      const accusation = circle.revokes('ana', 'ben', { knows: read })
      circle.adds('ana', 'dora', 'contact', { knows: [...read, accusation] })
      return {
        circle,
        members: [
          'ana:organiser!',
          'ben:contact-',
          'cleo:contact?',
          'dora:contact',
          'zoe:organiser-'
        ]
      }
    }
  },
  {
    rule: 'a second accusation made on hold is void',
    tell: () => {
      const circle = new History('ben', 'cleo', 'dora')
      circle.revokes('ana', 'ben')
      const second = circle.revokes('ana', 'cleo')
      circle.seconds('dora', second)
      return {
        circle,
        fates: [[second, 'void on-hold']],
        members: ['ana:organiser!', 'ben:contact-', 'cleo:contact', 'dora:contact']
      }
    }
  },
  {
    rule: 'one device that writes two journals at once has one accusation all the same',
    tell: () => {
      const circle = new History('ben', 'cleo', 'dora')
      const read = [...circle.lines]
      circle.revokes('ana', 'ben', { knows: read })
      circle.revokes('ana', 'cleo', { knows: [], journal: 'ana again' })
      const cut = circle.members.filter((member) => member.includes('-'))
      return { circle, members: circle.members, fates: cut.length === 1 ? [] : [[read[0]!, 'one']] }
    }
  },
  {
    rule: 'seconds of the accuser, the target, a relay, or the accuser’s other phone do not count',
    tell: () => {
      const circle = new History('ben', 'cleo', 'rex:relay', 'ana2')
      circle.owns('ana2', 'ana')
      const accusation = circle.revokes('ana', 'ben')
      const own = circle.seconds('ana', accusation)
      const targets = circle.seconds('ben', accusation)
      const relays = circle.seconds('rex', accusation)
      const phones = circle.seconds('ana2', accusation)
      return {
        circle,
        fates: [
          [own, 'void not-independent'],
          [targets, 'void cut-off'],
          [relays, 'void no-right'],
          [phones, 'void not-independent'],
          [accusation, 'effective needs-second']
        ],
        members: ['ana2:contact', 'ana:organiser!', 'ben:contact-', 'cleo:contact', 'rex:relay']
      }
    }
  },
  {
    rule: 'attack: an organiser seconds with puppets it let in, and puppets of those',
    tell: () => {
      const circle = new History('ben:organiser', 'cleo', 'dora')
      circle.adds('ben', 'pit', 'organiser')
      circle.adds('pit', 'pat')
      const accusation = circle.revokes('ben', 'cleo')
      const seconds = ['pit', 'pat'].map((puppet) => circle.seconds(puppet, accusation))
      return {
        circle,
        fates: seconds.map((second) => [second, 'void not-independent']),
        members: [
          'ana:organiser',
          'ben:organiser!',
          'cleo:contact-',
          'dora:contact',
          'pat:contact',
          'pit:organiser'
        ]
      }
    }
  },
  {
    rule: 'attack: puppets that are organisers accuse one each, and one of them counts',
    tell: () => {
      const circle = new History('ben:organiser', 'cleo', 'dora', 'emil')
      const puppets = ['pit', 'pat', 'pot']
      for (const puppet of puppets) circle.adds('ben', puppet, 'organiser')
      const read = [...circle.lines]
      circle.revokes('ben', 'ana', { knows: read })
      circle.revokes('pit', 'cleo', { knows: read })
      circle.revokes('pat', 'dora', { knows: read })
      circle.revokes('pot', 'emil', { knows: read })
      const cut = circle.members.filter((member) => member.includes('-'))
      return { circle, members: circle.members, fates: cut.length === 1 ? [] : [[read[0]!, 'one']] }
    }
  },
  {
    rule: 'a puppet that an honest member has vouched for may second',
    tell: () => {
      const circle = new History('ben:organiser', 'cleo', 'dora')
      const added = circle.adds('ben', 'fay')
      circle.seconds('dora', added)
      const accusation = circle.revokes('ben', 'cleo')
      circle.seconds('fay', accusation)
      return {
        circle,
        fates: [[accusation, 'effective']],
        members: ['ana:organiser', 'ben:organiser', 'cleo:contact-', 'dora:contact', 'fay:contact']
      }
    }
  },
  {
    rule: 'where all came in through the founder, the first two second, and who came before the target',
    tell: () => {
      const circle = new History('ben', 'cleo', 'dora', 'emil', 'finn')
      const accusation = circle.revokes('ana', 'emil')
      const late = circle.seconds('finn', accusation)
      const early = circle.seconds('dora', accusation)
      return {
        circle,
        fates: [
          [late, 'void not-independent'],
          [early, 'effective'],
          [accusation, 'effective']
        ],
        members: [
          'ana:organiser',
          'ben:contact',
          'cleo:contact',
          'dora:contact',
          'emil:contact-',
          'finn:contact'
        ]
      }
    }
  },
  {
    rule: 'attack: a founder’s phone lets puppets in and has them second',
    tell: () => {
      const circle = new History('ben', 'cleo')
      for (const puppet of ['pit', 'pat']) circle.adds('ana', puppet, 'organiser')
      const accusation = circle.revokes('ana', 'ben')
      circle.seconds('pit', accusation)
      const next = circle.revokes('pat', 'cleo')
      circle.seconds('pit', next)
      return {
        circle,
        fates: [
          [accusation, 'effective needs-second'],
          [next, 'on-hold needs-second']
        ],
        members: [
          'ana:organiser!',
          'ben:contact-',
          'cleo:contact',
          'pat:organiser',
          'pit:organiser'
        ]
      }
    }
  },
  {
    rule: 'a contact’s revocation counts once another contact seconds it, even of the only organiser',
    tell: () => {
      const circle = new History('ben', 'cleo', 'dora')
      const accusation = circle.revokes('ben', 'ana')
      const before = circle.fate(accusation)
      circle.seconds('cleo', accusation)
      return {
        circle,
        fates: [[accusation, before === 'on-hold needs-second' ? 'effective' : before]],
        members: ['ana:organiser-', 'ben:contact', 'cleo:contact', 'dora:contact']
      }
    }
  },
  {
    rule: 'where no organiser is left, two members make one',
    tell: () => {
      const circle = new History('ben', 'cleo', 'dora')
      circle.seconds('cleo', circle.revokes('ben', 'ana'))
      const alone = circle.role('dora', 'dora', 'organiser')
      const given = circle.role('ben', 'cleo', 'organiser')
      circle.seconds('dora', given)
      circle.adds('cleo', 'emil')
      return {
        circle,
        fates: [
          [alone, 'void no-right'],
          [given, 'effective']
        ],
        members: ['ana:organiser-', 'ben:contact', 'cleo:organiser', 'dora:contact', 'emil:contact']
      }
    }
  },
  {
    rule: 'while there is an organiser, others give no roles',
    tell: () => {
      const circle = new History('ben', 'cleo', 'dora')
      const given = circle.role('ben', 'cleo', 'organiser')
      circle.seconds('dora', given)
      return {
        circle,
        fates: [[given, 'void no-right']],
        members: ['ana:organiser', 'ben:contact', 'cleo:contact', 'dora:contact']
      }
    }
  },
  {
    rule: 'an organiser gives roles; one that takes something away counts once seconded',
    tell: () => {
      const circle = new History('ben', 'cleo:organiser', 'dora')
      circle.role('ana', 'ben', 'organiser')
      const lowered = circle.role('ana', 'cleo', 'relay')
      const stayed = circle.fate(lowered)
      circle.seconds('ben', lowered)
      return {
        circle,
        fates: [[lowered, stayed === 'on-hold needs-second' ? 'effective' : stayed]],
        members: ['ana:organiser', 'ben:organiser', 'cleo:relay', 'dora:contact']
      }
    }
  },
  {
    rule: 'a member gives its own role back by itself, and takes none',
    tell: () => {
      const circle = new History('ben:organiser', 'cleo')
      circle.role('ben', 'ben', 'contact')
      const taken = circle.role('cleo', 'cleo', 'organiser')
      const added = circle.adds('ben', 'dora')
      return {
        circle,
        fates: [
          [taken, 'void no-right'],
          [added, 'void no-right']
        ],
        members: ['ana:organiser', 'ben:contact', 'cleo:contact']
      }
    }
  },
  {
    rule: 'own devices that both said so revoke each other at once; on the word of one they do not',
    tell: () => {
      const circle = new History('ben', 'ben2', 'cleo', 'cleo2')
      circle.owns('ben', 'ben2')
      circle.owns('ben2', 'ben')
      circle.owns('cleo', 'cleo2')
      const lost = circle.revokes('ben2', 'ben')
      const claimed = circle.revokes('cleo', 'cleo2')
      return {
        circle,
        fates: [
          [lost, 'effective needs-second'],
          [claimed, 'on-hold needs-second']
        ],
        members: ['ana:organiser', 'ben2:contact!', 'ben:contact-', 'cleo2:contact', 'cleo:contact']
      }
    }
  },
  {
    rule: 'two that accuse each other at once are both cut off, and both without powers',
    tell: () => {
      const circle = new History('ben:organiser', 'cleo', 'dora')
      const read = [...circle.lines]
      circle.revokes('ana', 'ben', { knows: read })
      circle.revokes('ben', 'ana', { knows: read })
      return {
        circle,
        members: ['ana:organiser-!', 'ben:organiser-!', 'cleo:contact', 'dora:contact']
      }
    }
  },
  {
    rule: 'of two that accuse each other, the one that is seconded stays',
    tell: () => {
      const circle = new History('ben:organiser', 'cleo', 'dora')
      const read = [...circle.lines]
      const right = circle.revokes('ana', 'ben', { knows: read })
      const wrong = circle.revokes('ben', 'ana', { knows: read })
      circle.seconds('cleo', right)
      return {
        circle,
        fates: [
          [right, 'effective'],
          [wrong, 'void cut-off']
        ],
        members: ['ana:organiser', 'ben:organiser-', 'cleo:contact', 'dora:contact']
      }
    }
  },
  {
    rule: 'where both accusations are seconded, both stay out',
    tell: () => {
      const circle = new History('ben:organiser', 'cleo', 'dora')
      const read = [...circle.lines]
      const one = circle.revokes('ana', 'ben', { knows: read })
      const other = circle.revokes('ben', 'ana', { knows: read })
      circle.seconds('cleo', one)
      circle.seconds('dora', other)
      return {
        circle,
        members: ['ana:organiser-', 'ben:organiser-', 'cleo:contact', 'dora:contact']
      }
    }
  },
  {
    rule: 'who knows that it is cut off accuses nobody back',
    tell: () => {
      const circle = new History('ben:organiser', 'cleo', 'dora')
      circle.revokes('ana', 'ben')
      const back = circle.revokes('ben', 'ana')
      return {
        circle,
        fates: [[back, 'void cut-off']],
        members: ['ana:organiser!', 'ben:organiser-', 'cleo:contact', 'dora:contact']
      }
    }
  },
  {
    rule: 'attack: a cut-off device backdates, and what it says of the time before is void',
    tell: () => {
      const circle = new History('ben:organiser', 'cleo', 'dora')
      const read = [...circle.lines]
      circle.revokes('ana', 'ben')
      const accused = circle.revokes('ben', 'cleo', { knows: read, atMs: 1 })
      const given = circle.role('ben', 'dora', 'organiser', { knows: read, atMs: 1 })
      const puppet = circle.adds('ben', 'pit', 'organiser', { knows: read, atMs: 1 })
      const puppets = circle.revokes('pit', 'cleo', { knows: read })
      return {
        circle,
        fates: [
          [accused, 'void cut-off'],
          [given, 'void cut-off'],
          [puppet, 'on-hold unconfirmed'],
          [puppets, 'void no-right']
        ],
        members: [
          'ana:organiser!',
          'ben:organiser-',
          'cleo:contact',
          'dora:contact',
          'pit:organiser?'
        ]
      }
    }
  },
  {
    rule: 'what a revocation covered stands, and who was let in before is a member still',
    tell: () => {
      const circle = new History('ben:organiser', 'cleo', 'dora')
      circle.adds('ben', 'emil')
      circle.revokes('ana', 'ben')
      return {
        circle,
        members: [
          'ana:organiser!',
          'ben:organiser-',
          'cleo:contact',
          'dora:contact',
          'emil:contact'
        ]
      }
    }
  },
  {
    rule: 'an addition that another member had read before the revocation stands',
    tell: () => {
      const circle = new History('ben:organiser', 'cleo', 'dora')
      const read = [...circle.lines]
      circle.adds('ben', 'emil')
      circle.owns('cleo', 'dora')
      circle.revokes('ana', 'ben', { knows: read })
      return {
        circle,
        members: [
          'ana:organiser!',
          'ben:organiser-',
          'cleo:contact',
          'dora:contact',
          'emil:contact'
        ]
      }
    }
  },
  {
    rule: 'who is unconfirmed is a member again once any organiser adds it again',
    tell: () => {
      const circle = new History('ben:organiser', 'cleo:organiser', 'dora')
      const read = [...circle.lines]
      circle.revokes('ana', 'ben')
      circle.adds('ben', 'emil', 'contact', { knows: read })
      circle.adds('ben', 'finn', 'contact', { knows: read })
      circle.adds('cleo', 'emil')
      return {
        circle,
        members: [
          'ana:organiser!',
          'ben:organiser-',
          'cleo:organiser',
          'dora:contact',
          'emil:contact',
          'finn:contact?'
        ]
      }
    }
  },
  {
    rule: 'attack: an accuser that has read nothing strips nobody that came in before it',
    tell: () => {
      const circle = new History('cleo', 'ben:organiser', 'dora')
      circle.revokes('ben', 'ana', { knows: [] })
      return {
        circle,
        members: ['ana:organiser-', 'ben:organiser!', 'cleo:contact', 'dora:contact?']
      }
    }
  },
  {
    rule: 'attack: an accuser that has read nothing does not undo what two people said',
    tell: () => {
      const circle = new History('ben', 'cleo', 'dora:organiser')
      const old = circle.revokes('ana', 'ben')
      circle.seconds('cleo', old)
      circle.revokes('dora', 'ana', { knows: [] })
      return {
        circle,
        fates: [[old, 'effective']],
        members: ['ana:organiser-', 'ben:contact-', 'cleo:contact', 'dora:organiser!']
      }
    }
  },
  {
    rule: 'what a device has said it had read it cannot deny later',
    tell: () => {
      const circle = new History('ben:organiser', 'cleo', 'dora')
      circle.owns('ben', 'cleo')
      circle.revokes('ben', 'ana', { knows: [] })
      return {
        circle,
        members: ['ana:organiser-', 'ben:organiser!', 'cleo:contact', 'dora:contact']
      }
    }
  },
  {
    rule: 'another organiser reinstates, and the accuser stays without powers',
    tell: () => {
      const circle = new History('ben', 'cleo:organiser', 'dora')
      const accusation = circle.revokes('ana', 'ben')
      circle.reinstates('cleo', 'ben')
      const added = circle.adds('ana', 'emil')
      return {
        circle,
        fates: [
          [accusation, 'void reinstated'],
          [added, 'void on-hold']
        ],
        members: ['ana:organiser!', 'ben:contact', 'cleo:organiser', 'dora:contact']
      }
    }
  },
  {
    rule: 'another organiser gives an accuser its powers back with its role',
    tell: () => {
      const circle = new History('ben', 'cleo:organiser', 'dora')
      circle.revokes('ana', 'ben')
      circle.reinstates('cleo', 'ben')
      circle.role('cleo', 'ana', 'organiser')
      circle.adds('ana', 'emil')
      return {
        circle,
        members: ['ana:organiser', 'ben:contact', 'cleo:organiser', 'dora:contact', 'emil:contact']
      }
    }
  },
  {
    rule: 'what a reinstated device says as a member again counts, and what it said cut off does not',
    tell: () => {
      const circle = new History('ben:organiser', 'cleo:organiser', 'dora')
      circle.revokes('ana', 'ben')
      const between = circle.adds('ben', 'emil')
      circle.reinstates('cleo', 'ben')
      circle.adds('ben', 'finn')
      return {
        circle,
        fates: [[between, 'void cut-off']],
        members: [
          'ana:organiser!',
          'ben:organiser',
          'cleo:organiser',
          'dora:contact',
          'finn:contact'
        ]
      }
    }
  },
  {
    rule: 'neither the accuser nor the target nor a puppet of it reinstates',
    tell: () => {
      const circle = new History('ben:organiser', 'cleo', 'dora')
      circle.adds('ben', 'pit', 'organiser')
      circle.revokes('ana', 'ben')
      const fates: Told['fates'] = [
        [circle.reinstates('ana', 'ben'), 'void on-hold'],
        [circle.reinstates('ben', 'ben'), 'void cut-off'],
        [circle.reinstates('pit', 'ben'), 'void no-right'],
        [circle.reinstates('cleo', 'ben'), 'void no-right']
      ]
      return {
        circle,
        fates,
        members: [
          'ana:organiser!',
          'ben:organiser-',
          'cleo:contact',
          'dora:contact',
          'pit:organiser'
        ]
      }
    }
  },
  {
    rule: 'what two people said takes two others to undo',
    tell: () => {
      const circle = new History('ben', 'cleo', 'dora:organiser', 'emil')
      circle.seconds('cleo', circle.revokes('ana', 'ben'))
      const alone = circle.reinstates('dora', 'ben')
      return {
        circle,
        fates: [[alone, 'on-hold needs-second']],
        members: ['ana:organiser', 'ben:contact-', 'cleo:contact', 'dora:organiser', 'emil:contact']
      }
    }
  },
  {
    rule: 'attack: claims to have read the future change nothing of what others had read',
    tell: () => {
      const circle = new History('ben:organiser', 'cleo', 'dora')
      const seer = circle.adds('ben', 'pit')
      const body = seer.entry.body as { seen: { journal: Uint8Array; length: number }[] }
      for (const seen of body.seen) seen.length = 1_000_000
      circle.revokes('ana', 'ben')
      return {
        circle,
        members: ['ana:organiser!', 'ben:organiser-', 'cleo:contact', 'dora:contact', 'pit:contact']
      }
    }
  },
  {
    rule: 'who is no member is not revoked, nor reinstated, and has no role',
    tell: (circle) => ({
      fates: [
        [circle.revokes('ana', 'ben'), 'void no-object'],
        [circle.reinstates('ana', 'ben'), 'void no-object'],
        [circle.role('ana', 'ben', 'organiser'), 'void no-object']
      ],
      members: ['ana:organiser']
    })
  }
]
