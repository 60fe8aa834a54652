import b4a from 'b4a'
import test from 'brittle'
import { preview } from '../../core/circle/roster.ts'
import type { HistoryEntry, JournalLine } from '../../core/circle/roster.ts'
import { seenBy } from '../../core/circle/journal/seen-by.ts'
import { secondOfAccused, secondersOf } from '../../core/circle/seconding.ts'
import { History } from '../helpers/rosters/histories.ts'

const FORTY = ['ben', 'cleo', 'dora', 'emil', 'finn']

test('where all came in through the founder, the first two are named, and who came before the accused', (t) => {
  const story = new History(...FORTY)
  const said = story.revokes('ana', 'emil')
  t.alike(named(story, said), ['ben', 'cleo', 'dora'])
})

test('nobody is named where nobody can', (t) => {
  const story = new History('ben:organiser', 'cleo')
  story.adds('ben', 'pit', 'organiser')
  story.adds('pit', 'pat')
  story.revokes('ana', 'cleo')
  t.alike(named(story, story.revokes('pit', 'ana')), [])
})

test('who is named is whom the rules would count, each alone', (t) => {
  const told: [by: string, whom: string][] = [
    ['ana', 'finn'],
    ['ben', 'dora'],
    ['dora', 'ana'],
    ['gus', 'cleo']
  ]
  for (const [by, whom] of told) {
    const story = new History('ben:organiser', ...FORTY.slice(1))
    story.adds('ben', 'gus', 'organiser')
    story.adds('gus', 'hal')
    const said = story.revokes(by, whom)
    const alone = story.roster.members
      .filter(({ device, state }) => state === 'active' && counts(story, said, device))
      .map(({ device }) => story.nameOf(device))
    t.alike(named(story, said), alone, `${by} revokes ${whom}`)
  }
})

test('the command says whose revocation waits', (t) => {
  const story = new History(...FORTY)
  t.is(secondOfAccused(story.roster, story.key('ana')), 'temoin second <device>')
  story.revokes('ana', 'emil')
  t.ok(/^temoin second \w{8}$/.test(secondOfAccused(story.roster, story.key('ana'))))
})

function circleOf({ circle: id, lines, roster }: History) {
  return { id, rulings: lines, ends: lines, roster }
}

function entryOf({ roster }: History, line: JournalLine): HistoryEntry {
  return roster.history.find(
    ({ journal, index }) => index === line.index && b4a.equals(journal, line.journal)
  )!
}

function named(story: History, line: JournalLine): string[] {
  return secondersOf(circleOf(story), entryOf(story, line)).map((key) => story.nameOf(key))
}

function counts(story: History, line: JournalLine, by: Uint8Array): boolean {
  const { about: device, journal, index } = entryOf(story, line)
  const body = { device, journal, index, atMs: 1, seen: seenBy(story.lines, device) }
  const { said } = preview(story.circle, story.lines, by, { kind: 'seconded', body })
  return said.state === 'effective'
}
