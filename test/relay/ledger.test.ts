import test from 'brittle'
import { Ledger } from '../../relay/ledger.ts'

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
  t.alike(ledger.usage(10, NO_LIMIT).get('one'), {
    liveBytes: 300,
    finishedBytes: 50,
    quotaBytes: null
  })
  t.alike(ledger.countsOf('one', 10), { recordings: 2, live: 1, bytes: 350 })
  t.alike(ledger.countsOf('two', 10), { recordings: 1, live: 0, bytes: 7 })
})

test('a film that does not grow any more is not live, and its bytes stay', (t) => {
  const ledger = new Ledger()
  ledger.note(noted('a', 'one', 100), 0)
  ledger.note(noted('a', 'one', 100), 29_000)
  t.is(ledger.countsOf('one', 29_000).live, 1)
  t.is(ledger.countsOf('one', 31_000).live, 0)
  t.is(ledger.countsOf('one', 31_000).bytes, 100)
  ledger.note(noted('a', 'one', 120), 40_000)
  t.is(ledger.countsOf('one', 40_000).live, 1)
})

test('a recording that is only known of is no recording here', (t) => {
  const ledger = new Ledger()
  ledger.note(noted('a', 'one', 0), 0)
  t.is(ledger.countsOf('one', 0).recordings, 0)
})

test('a circle that is let go of has nothing here, and others all they had', (t) => {
  const ledger = new Ledger()
  ledger.note(noted('a', 'one', 100), 0)
  ledger.note(noted('b', 'two', 200), 0)
  ledger.drop('one')
  t.is(ledger.usage(0, NO_LIMIT).has('one'), false)
  t.is(ledger.countsOf('two', 0).bytes, 200)
})
