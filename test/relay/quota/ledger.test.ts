import test from 'brittle'
import { Ledger } from '../../../relay/quota/ledger.ts'

const NO_LIMIT = (): null => null

function noted(recording: string, circle: string, bytes: number, over = false) {
  return { recording, circle, bytes, over }
}

test('what is known of a recording last is what counts', (t) => {
  const ledger = new Ledger()
  ledger.note(noted('a', 'one', 100), 0)
  ledger.note(noted('a', 'one', 300), 10)
  ledger.note(noted('b', 'one', 50, true), 10)
  ledger.note(noted('c', 'two', 7, true), 10)
  t.alike(ledger.usage(NO_LIMIT).get('one'), { bytes: 350, quotaBytes: null })
  t.alike(ledger.counts(10).get('one')!, { recordings: 2, live: 1, bytes: 350 })
  t.alike(ledger.counts(10).get('two')!, { recordings: 1, live: 0, bytes: 7 })
})

test('a recording that two circles name counts in each as much as it has', (t) => {
  const ledger = new Ledger()
  ledger.note(noted('a', 'one', 100), 0)
  ledger.note(noted('a', 'two', 100), 0)
  t.is(ledger.note(noted('a', 'one', 300), 10).grownBytes, 200)
  t.is(ledger.note(noted('a', 'two', 300), 10).grownBytes, 200)
  t.is(ledger.note(noted('a', 'one', 300), 20).grownBytes, 0)
  for (const circle of ['one', 'two']) {
    t.is(ledger.usage(NO_LIMIT).get(circle)!.bytes, 300)
    t.alike(ledger.counts(20).get(circle)!, { recordings: 1, live: 1, bytes: 300 })
  }
})

test('a film that does not grow any more is not live, and its bytes stay', (t) => {
  const ledger = new Ledger()
  ledger.note(noted('a', 'one', 100), 0)
  ledger.note(noted('a', 'one', 100), 29_000)
  t.is(ledger.counts(29_000).get('one')!.live, 1)
  t.is(ledger.counts(31_000).get('one')!.live, 0)
  t.is(ledger.counts(31_000).get('one')!.bytes, 100)
  ledger.note(noted('a', 'one', 120), 40_000)
  t.is(ledger.counts(40_000).get('one')!.live, 1)
})

test('a recording that is only known of is no recording here', (t) => {
  const ledger = new Ledger()
  ledger.note(noted('a', 'one', 0), 0)
  t.is(ledger.counts(0).get('one')!.recordings, 0)
})

test('a recording is new once, and whole once', (t) => {
  const ledger = new Ledger()
  const note = (circle: string, whole: boolean) =>
    ledger.note({ ...noted('a', circle, 10, whole), whole }, 0)
  t.alike(note('one', false), { grownBytes: 10, isNew: true, isWhole: false })
  t.alike(note('one', true), { grownBytes: 0, isNew: false, isWhole: true })
  t.alike(note('one', true), { grownBytes: 0, isNew: false, isWhole: false })
  t.alike(note('two', true), { grownBytes: 10, isNew: true, isWhole: true }, 'in each circle')
})
