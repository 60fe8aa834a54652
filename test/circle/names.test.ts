import test from 'brittle'
import { Lines } from '../../core/circle/lines.ts'
import { Roster, rosterOf } from '../../core/circle/roster.ts'
import type { JournalLine } from '../../core/circle/roster.ts'
import { MAX_NAMES } from '../../core/limits.ts'
import { History, rosterText, shuffled } from '../helpers/rosters/histories.ts'
import { HostileHistory } from '../helpers/rosters/hostile-history.ts'

test('a member is called what it said of itself last, and nobody else is', (t) => {
  const circle = new History('ben', 'cleo')
  circle.calls('ben', 'Benjamin')
  circle.calls('ben', 'Benedict')
  circle.calls('ana', 'Anaïs')
  t.alike(named(circle), ['Anaïs', 'Benedict', 'cleo'])
  t.alike(
    circle.roster.members.map(({ addedAs }) => addedAs),
    ['ana', 'ben', 'cleo'],
    'what was written when it was let in stays beside it'
  )
})

test('the last is the one that stands last in its journals, whatever date it has', (t) => {
  const circle = new History('ben')
  circle.calls('ben', 'first', { atMs: 9000 })
  circle.calls('ben', 'last', { atMs: 1 })
  t.is(named(circle)[1], 'last')
  t.is(circle.roster.members[1]!.namedAtMs, 1)
})

test('a later journal goes before an earlier one, also where nothing of its name is in the one between', (t) => {
  const circle = new History('ben')
  const first = circle.calls('ben', 'first', { journal: 'z' })
  const between = circle.alarms('ben', { journal: 'm' })
  const last = circle.calls('ben', 'last', { journal: 'a' })
  between.previous = first.journal
  last.previous = between.journal
  t.is(named(circle)[1], 'last')
  const wanted = rosterText(circle.roster)
  for (let order = 1; order <= 30; order++) {
    t.is(rosterText(readOneByOne(circle.circle, shuffled(circle.lines, order))), wanted)
  }
})

test('of a revoked device nothing counts that its revoker had not read, and it is told', (t) => {
  const circle = new History('ben:organiser', 'cleo')
  const before = circle.calls('cleo', 'Cleo C')
  const knows = [...circle.lines]
  const after = circle.calls('cleo', 'ben')
  circle.revokes('ana', 'cleo', { knows })
  t.is(named(circle)[2], 'Cleo C')
  t.alike(
    [before, after].map((line) => circle.fate(line)),
    ['effective', 'void cut-off']
  )
  circle.reinstates('ben', 'cleo')
  t.is(named(circle)[2], 'ben', 'it counts as soon as the revocation does not')
})

test('who was not let in, or by nobody who counts, has no name to give', (t) => {
  const circle = new History('ben:organiser')
  const stranger = circle.calls('cleo', 'Cleo')
  t.is(circle.roster.history.length, 2)
  const unread = [...circle.lines]
  circle.adds('ben', 'cleo')
  circle.revokes('ana', 'ben', { knows: unread })
  t.alike(circle.members, ['ana:organiser', 'ben:organiser-', 'cleo:contact?'])
  t.is(named(circle)[2], 'cleo')
  t.is(circle.fate(stranger), 'void no-right')
})

test('a name that shows nothing changes nothing', (t) => {
  const circle = new History('ben')
  for (const name of ['', '  ', '\u202e\u200b\n']) circle.calls('ben', name)
  t.is(named(circle)[1], 'ben')
  t.is(circle.roster.history.length, 2)
})

test('so many names of one device are looked at, and no later one takes the place of one that counted', (t) => {
  const circle = new History('ben', 'cleo')
  for (let i = 0; i < MAX_NAMES + 5; i++) circle.calls('ben', `ben ${i}`)
  circle.calls('cleo', 'Cleo')
  t.alike(named(circle), ['ana', `ben ${MAX_NAMES - 1}`, 'Cleo'])
  const said = circle.roster.history.filter(({ kind }) => kind === 'named')
  t.is(said.length, MAX_NAMES + 1)
})

test('what a thief says after the revocation takes the place of nothing that was said before', (t) => {
  const circle = new History('ben:organiser', 'cleo')
  circle.calls('cleo', 'Cleo C', { journal: 'z' })
  const knows = [...circle.lines]
  for (let i = 0; i < 2 * MAX_NAMES; i++) circle.calls('cleo', `thief ${i}`, { journal: 'a' })
  circle.revokes('ana', 'cleo', { knows })
  t.is(named(circle)[2], 'Cleo C')
})

test('the history keeps what each was called, and by whom, and shows a change where it was first read', (t) => {
  const circle = new History('ben')
  circle.calls('ben', 'Benjamin', { atMs: 5 })
  circle.adds('ana', 'cleo')
  circle.calls('ben', 'Benedict', { atMs: 3 })
  t.alike(
    circle.roster.history.map(({ kind, was, name }) => [kind, was, name]),
    [
      ['circle-created', '', 'ana'],
      ['member-added', '', 'ben'],
      ['named', 'ben', 'Benjamin'],
      ['member-added', '', 'cleo'],
      ['named', 'Benjamin', 'Benedict']
    ]
  )
  const [, , first] = circle.roster.history
  t.alike([first!.by, first!.about, first!.atMs], [circle.key('ben'), circle.key('ben'), 5])
})

test('read line by line, in whatever order, the roster is what it is of all lines at once', (t) => {
  let renamed = 0
  for (let seed = 1; seed <= 100; seed++) {
    const { circle } = new HostileHistory(seed, true)
    const wanted = rosterText(rosterOf(circle.circle, circle.lines))
    if (wanted.includes('"kind":"named"')) renamed++
    for (let order = 1; order <= 3; order++) {
      const read = readOneByOne(circle.circle, shuffled(circle.lines, 1000 * seed + order))
      if (rosterText(read) !== wanted) t.fail(`history ${seed}, order ${order}`)
    }
  }
  t.ok(renamed > 50, `${renamed} histories have names in them`)
})

test('a device that names itself without end, in journals without end, takes no more memory for it', (t) => {
  const circle = new History('ben')
  for (let i = 0; i < 10 * MAX_NAMES; i++) circle.calls('ben', `ben ${i}`, { journal: `j${i % 7}` })
  for (let i = 0; i < 10 * MAX_NAMES; i++) circle.calls('ana', `ana ${i}`, { journal: `k${i}` })
  const wanted = rosterText(circle.roster)
  for (let order = 1; order <= 5; order++) {
    const lines = new Lines()
    for (const line of shuffled(circle.lines, order)) lines.add(line)
    t.is(lines.names.length, 7 * MAX_NAMES + MAX_NAMES)
    t.is(lines.all.length, 2)
    t.is(rosterText(rosterOf(circle.circle, [...lines.rulings, ...lines.names])), wanted)
  }
})

/** As `Circle` does. */
function readOneByOne(circle: Uint8Array, read: readonly JournalLine[]): Roster {
  const lines = new Lines()
  let roster = new Roster('', [])
  for (const line of read) {
    const added = lines.add(line)
    const names = [...lines.names, ...lines.ends]
    if (added === 'ruling') roster = rosterOf(circle, [...lines.rulings, ...names])
    if (added === 'name') roster = roster.renamed(names)
  }
  return roster
}

function named({ roster }: History): string[] {
  return roster.members.map(({ name }) => name)
}
