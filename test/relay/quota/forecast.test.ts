import test from 'brittle'
import { MAX_DAY_TOTALS as MAX_DAYS } from '../../../core/encoding/memory/relay-memory.ts'
import type { DayTotal } from '../../../core/encoding/memory/relay-memory.ts'
import { daysUntilFull, withToday } from '../../../relay/quota/forecast.ts'

/** From day 1000 on. */
function days(...totals: number[]): DayTotal[] {
  return totals.map((bytes, i) => ({ day: 1000 + i, bytes }))
}

const TABLE: [says: string, known: DayTotal[], capacity: number | null, days: number | null][] = [
  ['nothing is known', [], 100, null],
  ['one day is no rate', days(10), 100, null],
  ['no limit', days(0, 10), null, null],
  ['ten a day', days(0, 10, 20, 30), 100, 7],
  ['it stands still', days(10, 10, 10), 100, null],
  ['it is full', days(10, 100), 100, 0],
  ['it is over, since the quota was lowered', days(10, 100), 50, 0],
  ['so slow that nobody can tell', days(0, 1), 1e9, null],
  [
    'days on which it was off count as days',
    [
      { day: 1, bytes: 0 },
      { day: 11, bytes: 10 }
    ],
    20,
    10
  ],
  [
    'only the last four weeks',
    [
      { day: 1, bytes: 0 },
      { day: 90, bytes: 90 },
      { day: 100, bytes: 110 }
    ],
    130,
    10
  ]
]

test('when it is full follows from the growth of the last weeks', (t) => {
  for (const [says, known, capacity, expected] of TABLE)
    t.is(daysUntilFull(known, capacity), expected, says)
})

test('of each day the newest total is kept, and so many days', (t) => {
  t.alike(withToday(days(1, 2), { day: 1001, bytes: 9 }), days(1, 9))
  t.alike(withToday(days(1), { day: 1003, bytes: 9 }).length, 2)
  const long = Array.from({ length: MAX_DAYS }, (_, day) => ({ day, bytes: day }))
  const kept = withToday(long, { day: MAX_DAYS, bytes: 1 })
  t.alike([kept.length, kept[0]!.day], [MAX_DAYS, 1])
})

test('a clock that was set back loses no day before it', (t) => {
  t.alike(withToday(days(1, 2, 3), { day: 1001, bytes: 5 }), days(1, 5))
})
