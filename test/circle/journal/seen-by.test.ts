import b4a from 'b4a'
import test from 'brittle'
import { seenBy } from '../../../core/circle/journal/seen-by.ts'
import type { JournalLine } from '../../../core/circle/roster.ts'
import { MAX_SEEN } from '../../../core/limits.ts'

const [ANA, BEN, EVE] = [1, 2, 3].map((n) => b4a.alloc(32, n)) as [
  Uint8Array,
  Uint8Array,
  Uint8Array
]

test('who writes journals without end keeps nobody’s others from being named as read', (t) => {
  const seen = seenBy([line(ANA, 0), line(BEN, 0), ...journalsOf(EVE, 3000)])
  t.is(seen.length, MAX_SEEN)
  for (const device of [ANA, BEN]) t.ok(names(seen, line(device, 0).journal))
})

test('a statement about such a one names every journal it may have', (t) => {
  const lines = [...journalsOf(BEN, 3000), ...journalsOf(EVE, MAX_SEEN - 1)]
  const seen = seenBy(lines, EVE)
  t.ok(journalsOf(EVE, MAX_SEEN - 1).every(({ journal }) => names(seen, journal)))
})

test('the newest entry of each journal that was read is named', (t) => {
  const lines = [0, 1, 2].map((index) => ({ ...line(ANA, 0), index }))
  t.alike(seenBy(lines), [{ journal: line(ANA, 0).journal, length: 3 }])
})

function journalsOf(device: Uint8Array, count: number): JournalLine[] {
  return Array.from({ length: count }, (_, i) => line(device, i))
}

function line(device: Uint8Array, n: number): JournalLine {
  const journal = b4a.from([device[0]!, n >> 8, n & 255, ...b4a.alloc(29)])
  return { device, journal, index: 0, entry: { kind: 'receipts', body: [] } }
}

function names(seen: ReturnType<typeof seenBy>, journal: Uint8Array): boolean {
  return seen.some((one) => b4a.equals(one.journal, journal))
}
