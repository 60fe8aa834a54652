import test from 'brittle'
import { Pace } from '../../../cli/film/pace.ts'

test('at live pace a fragment waits until its time has come, counted from the first', (t) => {
  const pace = new Pace('live')
  t.is(pace.waitMs(5_000_000, 100), 0, 'the first, whatever its time')
  t.is(pace.waitMs(5_250_000, 110), 240)
  t.is(pace.waitMs(5_500_000, 700), 0, 'one that is late does not wait')
  t.is(pace.waitMs(6_000_000, 700), 400, 'and does not put off those after it')
})

test('a clock that starts again goes on from now', (t) => {
  const pace = new Pace('live')
  pace.waitMs(5_000_000, 0)
  t.is(pace.waitMs(0, 1000), 0)
  t.is(pace.waitMs(250_000, 1000), 250)
})

test('at fast pace nothing waits', (t) => {
  const pace = new Pace('fast')
  pace.waitMs(0, 0)
  t.is(pace.waitMs(60_000_000, 0), 0)
})
