import test from 'brittle'
import {
  chooseInstead,
  chooseUpstream,
  isBetter
} from '../../../core/replica/following/choose-upstream.ts'
import type { UpstreamFacts } from '../../../core/replica/following/choose-upstream.ts'

const OTHER: UpstreamFacts = { isAuthor: false, place: -1, length: 5, shunned: false, full: false }
const AUTHOR: UpstreamFacts = { ...OTHER, isAuthor: true }
const FIRST: UpstreamFacts = { ...OTHER, place: 0 }
const SECOND: UpstreamFacts = { ...OTHER, place: 1 }
const LONGER: UpstreamFacts = { ...OTHER, length: 9 }

const CASES: [rule: string, all: UpstreamFacts[], chosen: UpstreamFacts | null][] = [
  ['nobody', [], null],
  ['whom the author names first', [AUTHOR, SECOND, FIRST, LONGER], FIRST],
  ['whom it names second, where the first cannot be reached', [AUTHOR, SECOND, LONGER], SECOND],
  ['the author, where none of them can', [LONGER, AUTHOR], AUTHOR],
  ['whom it named, its own link gone', [LONGER, FIRST], FIRST],
  ['whoever announces most, where nobody knows of it', [OTHER, LONGER], LONGER],
  ['nobody who does not serve it', [{ ...OTHER, length: -1 }], null]
]

for (const [rule, all, chosen] of CASES) {
  test('to follow: ' + rule, (t) => {
    t.is(chooseUpstream(all), chosen)
  })
}

test('whoever let us down is passed over, the author too', (t) => {
  const [first, author] = [
    { ...FIRST, shunned: true },
    { ...AUTHOR, shunned: true }
  ]
  t.is(chooseUpstream([first, SECOND]), SECOND)
  t.is(chooseUpstream([first, AUTHOR]), AUTHOR)
  t.is(chooseUpstream([first, author, OTHER]), OTHER)
  t.is(chooseUpstream([first, author]), null)
})

test('who named has nothing yet will be pushed it', (t) => {
  const early = { ...FIRST, length: -1 }
  t.is(chooseUpstream([AUTHOR, early]), early)
})

test('a full disk passes nothing on; a full author still films', (t) => {
  const full = { ...FIRST, full: true }
  t.is(chooseUpstream([full, SECOND]), SECOND)
  const author = { ...AUTHOR, full: true }
  t.is(chooseUpstream([full, author]), author)
})

const AHEAD: UpstreamFacts = { ...SECOND, length: 7 }

const LOST: [rule: string, others: UpstreamFacts[], chosen: UpstreamFacts | null][] = [
  ['who has more', [AUTHOR, FIRST, LONGER], LONGER],
  ['whom the author names, of those', [LONGER, AHEAD, AUTHOR], AHEAD],
  ['another that the author names, where nobody has more', [AUTHOR, FIRST, OTHER], FIRST],
  ['the author, where it names nobody else', [OTHER, AUTHOR], AUTHOR],
  ['nobody', [], null]
]

for (const [rule, others, chosen] of LOST) {
  test('in place of one that starves us: ' + rule, (t) => {
    t.is(chooseInstead(others, 5), chosen)
  })
}

test('a change is worth it to somebody named, or from a stranger to the author', (t) => {
  const order = [OTHER, AUTHOR, FIRST]
  for (const [i, best] of order.entries()) {
    for (const [j, current] of order.entries()) t.is(isBetter(best, current), i > j)
  }
  t.absent(isBetter(FIRST, SECOND))
  t.absent(isBetter(LONGER, OTHER))
})
