import b4a from 'b4a'
import test from 'brittle'
import { replaces } from '../../../core/links/dialling/choose.ts'
import type { LinkFacts } from '../../../core/links/dialling/choose.ts'

const LOW = b4a.alloc(32, 1)
const HIGH = b4a.alloc(32, 2)

const CASES: [
  rule: string,
  fresh: LinkFacts,
  old: LinkFacts,
  lowKeeps: boolean,
  highKeeps: boolean
][] = [
  [
    'of two dials that cross, the one of the lower key stays: it came second at the lower',
    dialled(100),
    answered(0),
    true,
    true
  ],
  ['and where it came first, the second is refused', answered(100), dialled(0), false, false],
  ['a second dial by the same side replaces the first', dialled(100), dialled(0), true, true],
  ['a second call from the same side replaces the first', answered(100), answered(0), true, true],
  [
    'a call that comes long after is a new one: the other lost the old',
    answered(3000),
    dialled(0),
    true,
    true
  ],
  ['a dial that opens long after is a new one, too', dialled(3000), answered(0), true, true]
]

for (const [rule, fresh, old, lowKeeps, highKeeps] of CASES) {
  test(rule, (t) => {
    t.is(replaces(fresh, old, LOW, HIGH), lowKeeps, 'at the lower key')
    t.is(replaces(flip(fresh), flip(old), HIGH, LOW), highKeeps, 'at the higher key')
  })
}

test('both ends keep the same one of two links, in whatever order each sees them open', (t) => {
  const byLow = { low: dialled(0), high: answered(0) }
  const byHigh = { low: answered(0), high: dialled(0) }
  for (const lowSees of [
    [byLow, byHigh],
    [byHigh, byLow]
  ] as const) {
    for (const highSees of [
      [byLow, byHigh],
      [byHigh, byLow]
    ] as const) {
      const [first, second] = lowSees
      const [one, two] = highSees
      const lowKeeps = replaces(second.low, first.low, LOW, HIGH) ? second : first
      const highKeeps = replaces(two.high, one.high, HIGH, LOW) ? two : one
      t.is(lowKeeps, highKeeps)
    }
  }
})

function dialled(openedAtMs: number): LinkFacts {
  return { openedAtMs, initiated: true }
}

function answered(openedAtMs: number): LinkFacts {
  return { openedAtMs, initiated: false }
}

function flip({ openedAtMs, initiated }: LinkFacts): LinkFacts {
  return { openedAtMs, initiated: !initiated }
}
