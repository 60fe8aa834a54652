import b4a from 'b4a'
import test from 'brittle'
import { rosterOf } from '../../core/circle/roster.ts'
import type { CircleCreated } from '../../core/encoding/journal/journal-entry.ts'
import {
  asRelayReads,
  History,
  rosterText,
  shuffled,
  silentText
} from '../helpers/rosters/histories.ts'
import { RULES } from '../helpers/rosters/rules.ts'
import { Story } from '../helpers/rosters/story.ts'

for (const [rule, story] of RULES) {
  test(rule, (t) => {
    for (const { what, is, wanted } of new Story(story).checks) t.is(is, wanted, what)
  })
}

test('the roster is the same whatever order the lines arrive in, and however often', (t) => {
  for (const [rule, story] of RULES) {
    const { circle } = new Story(story)
    const wanted = rosterText(circle.roster)
    for (let seed = 1; seed <= 20; seed++) {
      const lines = shuffled([...circle.lines, ...circle.lines.slice(seed % 3)], seed)
      if (rosterText(rosterOf(circle.circle, lines)) !== wanted) t.fail(`${rule}, order ${seed}`)
    }
  }
  t.pass()
})

test('a relay, which reads no words, has the roster that everybody has', (t) => {
  for (const [rule, story] of RULES) {
    const { circle } = new Story(story)
    const wanted = silentText(circle.roster)
    for (let seed = 1; seed <= 5; seed++) {
      const lines = shuffled(asRelayReads(circle.lines), seed)
      if (silentText(rosterOf(circle.circle, lines)) !== wanted) t.fail(`${rule}, order ${seed}`)
    }
  }
  t.pass()
})

test('a claimed time changes nothing but what is shown', (t) => {
  for (const [rule, story] of RULES) {
    const { circle } = new Story(story)
    const wanted = circle.members
    for (const line of circle.lines) {
      if ('atMs' in line.entry.body) line.entry.body.atMs = 1000 - circle.lines.indexOf(line)
    }
    t.alike(circle.members, wanted, rule)
  }
})

test('who can read is every member of today but the relays, the cut-off and the unconfirmed', (t) => {
  const circle = new History('ben', 'cleo:keeper', 'dora:relay', 'emil')
  circle.revokes('ana', 'emil')
  t.alike(
    circle.roster.readers().map(({ device }) => circle.nameOf(device)),
    ['ana', 'ben', 'cleo']
  )
})

test('without a founding, or with that of another circle, there is nobody', (t) => {
  const circle = new History('ben')
  t.is(rosterOf(circle.circle, circle.lines.slice(1)).members.length, 0)
  t.is(rosterOf(b4a.alloc(32, 1), circle.lines).members.length, 0)
  const stolen = { ...circle.lines[0]!, device: circle.key('ben') }
  t.is(rosterOf(circle.circle, [stolen]).members.length, 0, 'it founds in another name')
})

test('a founding with a box key that its founder has not signed founds nothing', (t) => {
  const { circle, lines } = new History('ben')
  const [founding, ...others] = lines
  const { body } = founding!.entry as { body: CircleCreated }
  const box = b4a.alloc(32, 7)
  const forged = {
    ...founding!,
    entry: { kind: 'circle-created' as const, body: { ...body, box } }
  }
  t.is(rosterOf(circle, lines).members.length, 2)
  t.is(rosterOf(circle, [forged, ...others]).members.length, 0)
})

test('who has the founder’s seed does not found the circle again, in whatever journal', (t) => {
  const circle = new History('ben', 'cleo')
  const wanted = circle.members
  for (const byte of [0, 255]) {
    const again = { ...circle.lines[0]!, journal: b4a.alloc(32, byte) }
    t.alike(rosterOf(circle.circle, [again]).members, [], 'nor a circle without the first')
    circle.lines.push(again)
    t.is(circle.fate(again), 'void no-right')
  }
  t.alike(circle.members, wanted)
})
