import b4a from 'b4a'
import test from 'brittle'
import { rosterOf } from '../../core/circle/roster.ts'
import type { JournalLine, Roster } from '../../core/circle/roster.ts'
import { circleIdOf } from '../../core/circle/secrets.ts'
import type { JournalEntry } from '../../core/encoding/journal-entry.ts'
import type { Role } from '../../core/types/keys.ts'
import { seeded } from '../helpers/random.ts'

const NAMES = ['ana', 'ben', 'cleo', 'dora', 'emil', 'finn', 'gil', 'hana'] as const
type Name = (typeof NAMES)[number]

let lastIndex = 0

const NONCE = b4a.alloc(32, 77)
const CIRCLE = circleIdOf(key('ana'), NONCE)
const FOUNDED = founded('ana', 'our street')

interface Case {
  rule: string
  lines: JournalLine[]
  /** `name:role`, revoked ones with a trailing minus, in any order. */
  members: string[]
}

const CASES: Case[] = [
  { rule: 'the founder is the first organiser', lines: [FOUNDED], members: ['ana:organiser'] },
  { rule: 'without a founding there is nobody', lines: [adds('ana', 'ben', 1)], members: [] },
  {
    rule: 'who founds in another name founds nothing',
    lines: [{ ...FOUNDED, device: key('ben') }],
    members: []
  },
  {
    rule: 'who founds another circle founds nothing here',
    lines: [founded('ben', 'our street')],
    members: []
  },
  {
    rule: 'an organiser adds, in whatever role',
    lines: [FOUNDED, adds('ana', 'ben', 1, 'contact'), adds('ana', 'cleo', 2, 'keeper')],
    members: ['ana:organiser', 'ben:contact', 'cleo:keeper']
  },
  {
    rule: 'an organiser that an organiser added adds as well',
    lines: [
      FOUNDED,
      adds('ana', 'ben', 1, 'organiser'),
      adds('ben', 'cleo', 2, 'organiser'),
      adds('cleo', 'dora', 3)
    ],
    members: ['ana:organiser', 'ben:organiser', 'cleo:organiser', 'dora:contact']
  },
  {
    rule: 'contacts, keepers, relays and strangers add nobody',
    lines: [
      FOUNDED,
      adds('ana', 'ben', 1, 'contact'),
      adds('ana', 'cleo', 1, 'keeper'),
      adds('ana', 'dora', 1, 'relay'),
      adds('ben', 'gil', 2, 'organiser'),
      adds('cleo', 'gil', 2, 'organiser'),
      adds('dora', 'gil', 2, 'organiser'),
      adds('hana', 'gil', 2, 'organiser'),
      adds('gil', 'hana', 3)
    ],
    members: ['ana:organiser', 'ben:contact', 'cleo:keeper', 'dora:relay']
  },
  {
    rule: 'nobody adds itself',
    lines: [FOUNDED, adds('ben', 'ben', 1, 'organiser')],
    members: ['ana:organiser']
  },
  {
    rule: 'of two who add one device, the earlier counts',
    lines: [
      FOUNDED,
      adds('ana', 'ben', 1, 'organiser'),
      adds('ben', 'cleo', 5, 'keeper'),
      adds('ana', 'cleo', 4, 'contact')
    ],
    members: ['ana:organiser', 'ben:organiser', 'cleo:contact']
  },
  {
    rule: 'a founder is not added again, in another role',
    lines: [FOUNDED, adds('ana', 'ben', 1, 'organiser'), adds('ben', 'ana', 2, 'relay')],
    members: ['ana:organiser', 'ben:organiser']
  },
  {
    rule: 'an organiser revokes, and the revoked stay in sight',
    lines: [FOUNDED, adds('ana', 'ben', 1), revokes('ana', 'ben', 2)],
    members: ['ana:organiser', 'ben:contact-']
  },
  {
    rule: 'a member revokes itself, whatever its role',
    lines: [FOUNDED, adds('ana', 'ben', 1, 'relay'), revokes('ben', 'ben', 2)],
    members: ['ana:organiser', 'ben:relay-']
  },
  {
    rule: 'a contact revokes nobody else, nor does a stranger',
    lines: [
      FOUNDED,
      adds('ana', 'ben', 1),
      adds('ana', 'cleo', 1),
      revokes('ben', 'cleo', 2),
      revokes('hana', 'cleo', 2),
      revokes('ben', 'ana', 2)
    ],
    members: ['ana:organiser', 'ben:contact', 'cleo:contact']
  },
  {
    rule: 'who is no member is not revoked',
    lines: [FOUNDED, revokes('ana', 'ben', 1)],
    members: ['ana:organiser']
  },
  {
    rule: 'of two foundings by one founder the first on its journal counts',
    lines: [FOUNDED, { ...founded('ana', 'another name'), index: 9 }],
    members: ['ana:organiser']
  }
]

for (const { rule, lines, members } of CASES) {
  test(rule, (t) => {
    t.alike(summary(rosterOf(CIRCLE, lines)), [...members].sort())
  })
}

test('the roster is the same whatever order the lines arrive in', (t) => {
  for (const { rule, lines } of CASES) {
    const wanted = full(rosterOf(CIRCLE, lines))
    for (let seed = 1; seed <= 40; seed++) {
      if (full(rosterOf(CIRCLE, shuffled(lines, seed))) !== wanted) t.fail(`${rule}, order ${seed}`)
    }
  }
  t.pass()
})

test('random histories give one roster in every order', (t) => {
  for (let seed = 1; seed <= 60; seed++) {
    const lines = randomHistory(seed)
    const wanted = full(rosterOf(CIRCLE, lines))
    for (let order = 1; order <= 12; order++) {
      const found = full(rosterOf(CIRCLE, shuffled(lines, 1000 * seed + order)))
      if (found !== wanted) return t.is(found, wanted, `history ${seed}, order ${order}`)
    }
  }
  t.pass()
})

test('nobody is a member whom no chain of organisers leads to from the founder', (t) => {
  for (let seed = 1; seed <= 200; seed++) {
    const roster = rosterOf(CIRCLE, randomHistory(seed))
    for (const { device } of roster.members) {
      if (!isRooted(roster, device)) return t.fail('history ' + seed)
    }
  }
  t.pass()
})

test('who can read is every member of today but the relays', (t) => {
  const roster = rosterOf(CIRCLE, [
    FOUNDED,
    adds('ana', 'ben', 1, 'contact'),
    adds('ana', 'cleo', 1, 'keeper'),
    adds('ana', 'dora', 1, 'relay'),
    adds('ana', 'emil', 1, 'contact'),
    revokes('ana', 'emil', 2)
  ])
  t.alike(
    roster
      .readers()
      .map(({ name }) => name)
      .sort(),
    ['ana', 'ben', 'cleo']
  )
})

function key(name: Name): Uint8Array {
  return b4a.alloc(32, NAMES.indexOf(name) + 1)
}

/** A line of `by`'s journal, each with an index of its own. */
function line(by: Name, entry: JournalEntry): JournalLine {
  const journal = b4a.alloc(32, 100 + NAMES.indexOf(by))
  return { device: key(by), journal, index: lastIndex++, entry }
}

function founded(by: Name, name: string): JournalLine {
  const box = b4a.alloc(32, 50)
  const body = { nonce: NONCE, name, device: key(by), box, deviceName: by, atMs: 0 }
  return line(by, { kind: 'circle-created', body })
}

function adds(by: Name, whom: Name, atMs: number, role: Role = 'contact'): JournalLine {
  const body = { device: key(whom), box: b4a.alloc(32, 51), role, name: whom, atMs, seen: [] }
  return line(by, { kind: 'member-added', body })
}

function revokes(by: Name, whom: Name, atMs: number): JournalLine {
  const body = { device: key(whom), reason: 'by ' + by, atMs, seen: [] }
  return line(by, { kind: 'member-revoked', body })
}

function randomHistory(seed: number): JournalLine[] {
  const random = seeded(seed)
  const roles: Role[] = ['organiser', 'organiser', 'contact', 'keeper', 'relay']
  const lines = [FOUNDED]
  for (let i = 0; i < 25; i++) {
    const [by, whom, atMs] = [random.pick(NAMES), random.pick(NAMES), random.int(8)]
    lines.push(
      random.int(4) === 0 ? revokes(by, whom, atMs) : adds(by, whom, atMs, random.pick(roles))
    )
  }
  return lines
}

function shuffled<T>(items: readonly T[], seed: number): T[] {
  const random = seeded(seed)
  const mixed = [...items]
  for (let i = mixed.length - 1; i > 0; i--) {
    const j = random.int(i + 1)
    ;[mixed[i], mixed[j]] = [mixed[j]!, mixed[i]!]
  }
  return mixed
}

function summary(roster: Roster): string[] {
  return roster.members
    .map(({ name, role, revoked }) => `${name || 'ana'}:${role}${revoked ? '-' : ''}`)
    .sort()
}

/** All there is to a roster, as text. */
function full({ name, members }: Roster): string {
  const lines = members.map(
    (member) =>
      `${member.name} ${member.role} by ${member.addedBy[0]} at ${member.addedAtMs} ` +
      (member.revoked ? `revoked by ${member.revoked.by[0]} at ${member.revoked.atMs}` : '')
  )
  return [name, ...lines.sort()].join('\n')
}

function isRooted(roster: Roster, device: Uint8Array): boolean {
  if (b4a.equals(device, key('ana'))) return true
  const member = roster.find(device)!
  return roster.find(member.addedBy)?.role === 'organiser' && isRooted(roster, member.addedBy)
}
