import b4a from 'b4a'
import test from 'brittle'
import { epochsIn } from '../../../core/circle/keys/epoch-holders.ts'
import { needsRekey, rated, turnOf } from '../../../core/circle/keys/epoch-policy.ts'
import { Roster } from '../../../core/circle/roster.ts'
import type { JournalLine, Member } from '../../../core/circle/roster.ts'
import type { Seen } from '../../../core/encoding/journal/journal-entry.ts'
import { seeded } from '../../helpers/random.ts'
import { key, line, member } from '../members.ts'

const FIRST = b4a.alloc(16)
const ana = member('ana', 'organiser')
const ben = member('ben', 'organiser')
const cleo = member('cleo', 'contact')
const dora = member('dora', 'contact', { addedBy: key('ben') })
const rex = member('rex', 'relay')

interface Case {
  rule: string
  members: Member[]
  lines: JournalLine[]
  /** The epoch in use, by its number; 0 for the first. */
  inUse: number
  due: boolean
}

const CASES: Case[] = [
  {
    rule: 'while nobody is revoked the first secret is in use',
    members: [ana, ben],
    lines: [],
    inUse: 0,
    due: false
  },
  {
    rule: 'a revocation makes a new one due',
    members: [ana, ben, out(cleo)],
    lines: [],
    inUse: 0,
    due: true
  },
  {
    rule: 'one that shuts out the revoked and has all members is in use',
    members: [ana, ben, out(cleo)],
    lines: [rekeyed(1, ana, [ana, ben], [cleo])],
    inUse: 1,
    due: false
  },
  {
    rule: 'one that its author kept from a member will not do',
    members: [ana, ben, out(cleo), dora],
    lines: [rekeyed(1, ana, [ana, ben], [cleo])],
    inUse: 1,
    due: true
  },
  {
    rule: 'of two that revoked one each while parted, neither will do',
    members: [ana, ben, out(cleo), out(dora)],
    lines: [
      rekeyed(1, ana, [ana, ben, dora], [cleo]),
      rekeyed(2, ben, [ana, ben, cleo], [dora], 2)
    ],
    inUse: 2,
    due: true
  },
  {
    rule: 'nor one whose author did not know of a revoked device, which may have been let have it',
    members: [ana, ben, out(cleo), out(dora)],
    lines: [rekeyed(1, ana, [ana, ben], [cleo])],
    inUse: 1,
    due: true
  },
  {
    rule: 'its author has it: once he is revoked it will not do',
    members: [ana, out(ben), out(cleo)],
    lines: [rekeyed(1, ben, [ana], [ben, cleo])],
    inUse: 1,
    due: true
  },
  {
    rule: 'of two that will do the later is in use',
    members: [ana, ben, out(cleo)],
    lines: [rekeyed(1, ana, [ana, ben], [cleo], 10), rekeyed(2, ben, [ana, ben], [cleo], 11)],
    inUse: 2,
    due: false
  },
  {
    rule: 'what somebody makes who is no organiser is none',
    members: [ana, ben, out(cleo), dora],
    lines: [rekeyed(1, dora, [ana, ben, dora], [cleo])],
    inUse: 0,
    due: true
  },
  {
    rule: 'who is let in later by one who has it was given it',
    members: [ana, ben, out(cleo), dora],
    lines: [
      rekeyed(1, ana, [ana, ben], [cleo]),
      added(ben, dora, [{ journal: key('ana'), length: 2 }])
    ],
    inUse: 1,
    due: false
  },
  {
    rule: 'who is let in by one who had not heard of it was not',
    members: [ana, ben, out(cleo), dora],
    lines: [
      rekeyed(1, ana, [ana, ben], [cleo]),
      added(ben, dora, [{ journal: key('ana'), length: 1 }])
    ],
    inUse: 1,
    due: true
  },
  {
    rule: 'who was given it so and is revoked later has it',
    members: [ana, ben, out(dora)],
    lines: [
      rekeyed(1, ana, [ana, ben], [dora]),
      added(ben, dora, [{ journal: key('ana'), length: 2 }])
    ],
    inUse: 0,
    due: true
  },
  {
    rule: 'a member that cannot read an epoch that is over is given it with a new one',
    members: [ana, ben, cleo],
    lines: [rekeyed(1, ana, [ana, ben], [cleo])],
    inUse: 0,
    due: true
  },
  {
    rule: 'once a later one has carried it to all there is nothing to do',
    members: [ana, ben, cleo],
    lines: [rekeyed(1, ana, [ana, ben], [cleo]), rekeyed(2, ben, [ana, ben, cleo], [], 2, [1])],
    inUse: 2,
    due: false
  },
  {
    rule: 'one that was carried to a device that is revoked later will not do any more',
    members: [ana, ben, out(cleo)],
    lines: [rekeyed(1, ana, [ana, ben], [cleo]), rekeyed(2, ben, [ana, ben, cleo], [], 2, [1])],
    inUse: 2,
    due: true
  },
  {
    rule: 'a relay has its part of the first secret, and that is all it needs',
    members: [ana, ben, rex],
    lines: [added(ana, rex, [])],
    inUse: 0,
    due: false
  },
  {
    rule: 'who was let in as a relay and is a contact now is given the first secret with a new one',
    members: [ana, ben, { ...rex, role: 'contact' }],
    lines: [added(ana, rex, [])],
    inUse: 0,
    due: true
  },
  {
    rule: 'once a later one has carried the first to it there is nothing to do',
    members: [ana, ben, { ...rex, role: 'contact' }],
    lines: [
      added(ana, rex, []),
      rekeyed(1, ana, [ana, ben, { ...rex, role: 'contact' }], [], 1, [0])
    ],
    inUse: 1,
    due: false
  },
  {
    rule: 'where a contact was made a relay, what it has had whole will not do any more',
    members: [ana, ben, { ...cleo, role: 'relay' }],
    lines: [],
    inUse: 0,
    due: true
  },
  {
    rule: 'one of which it has no more than a relay needs will do',
    members: [ana, ben, { ...cleo, role: 'relay' }],
    lines: [rekeyed(1, ana, [ana, ben, { ...cleo, role: 'relay' }], [])],
    inUse: 1,
    due: false
  },
  {
    rule: 'one that its author gave a relay whole will not do',
    members: [ana, ben, rex],
    lines: [added(ana, rex, []), rekeyed(1, ana, [ana, ben, { ...rex, role: 'contact' }], [])],
    inUse: 0,
    due: false
  },
  {
    rule: 'one of which a relay has nothing will not do',
    members: [ana, ben, rex, out(cleo)],
    lines: [added(ana, rex, []), rekeyed(1, ana, [ana, ben], [cleo])],
    inUse: 1,
    due: true
  },
  {
    rule: 'one of which a contact has no more than a relay will not do',
    members: [ana, ben, dora, out(cleo)],
    lines: [rekeyed(1, ana, [ana, ben, { ...dora, role: 'relay' }], [cleo])],
    inUse: 1,
    due: true
  },
  {
    rule: 'a relay that is let in later by one who has it is given its part',
    members: [ana, ben, { ...rex, addedBy: key('ben') }, out(cleo)],
    lines: [
      rekeyed(1, ana, [ana, ben], [cleo]),
      added(ben, rex, [{ journal: key('ana'), length: 2 }])
    ],
    inUse: 1,
    due: false
  },
  {
    rule: 'a relay that is revoked may have its part of any',
    members: [ana, ben, out(rex)],
    lines: [added(ana, rex, []), rekeyed(1, ana, [ana, ben, rex], [])],
    inUse: 1,
    due: true
  }
]

test('which secret is in use, and whether a new one is due, follows from the lines', (t) => {
  for (const { rule, members, lines, inUse, due } of CASES) {
    const roster = new Roster('street', members)
    const epochs = epochsIn(roster, lines, FIRST)
    const best = rated(roster, epochs)[0]!.epoch
    if (inUse > 0 || !due) t.is(best.id[0], inUse, rule)
    t.is(needsRekey(roster, epochs), due, rule)
  }
})

test('the lines may come in any order', (t) => {
  const random = seeded(3)
  for (const { rule, members, lines } of CASES) {
    const roster = new Roster('street', members)
    const inUse = (some: JournalLine[]): number =>
      rated(roster, epochsIn(roster, some, FIRST))[0]!.epoch.id[0]!
    const expected = inUse(lines)
    for (let i = 0; i < 5; i++) {
      const shuffled = [...lines].sort(() => random.next() - 0.5)
      t.is(inUse(shuffled), expected, rule)
    }
  }
})

test('every active organiser has a turn of its own, and nobody else has one', (t) => {
  const roster = new Roster('street', [ben, cleo, ana, out(member('emil', 'organiser'))])
  t.alike(
    roster.members.map(({ device }) => turnOf(roster, device)),
    [1, -1, 0, -1]
  )
})

function out(who: Member): Member {
  return { ...who, state: 'cut-off', revoked: { by: key('ana'), atMs: 1, reason: '' } }
}

/** The second entry of its author's journal. */
function rekeyed(
  n: number,
  by: Member,
  given: Member[],
  without: Member[],
  atMs = n,
  carried: number[] = []
): JournalLine {
  const body = {
    epoch: b4a.alloc(16, n),
    without: without.map(({ device }) => device),
    wrapped: given.map(({ device, role }) => {
      return { device, box: b4a.alloc(80), forRelay: role === 'relay' }
    }),
    carries: carried.map((each) => b4a.alloc(16, each)),
    older: b4a.alloc(0),
    olderForRelays: b4a.alloc(0),
    atMs
  }
  return line(by, 1, { kind: 'rekeyed', body })
}

function added(by: Member, whom: Member, seen: Seen[]): JournalLine {
  const { device, box, boxSignature, role, name } = whom
  const body = { device, box, boxSignature, role, name, atMs: 5, seen }
  return line(by, 0, { kind: 'member-added', body })
}
