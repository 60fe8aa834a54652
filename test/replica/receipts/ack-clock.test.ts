import test from 'brittle'
import { AckClock } from '../../../core/replica/receipts/ack-clock.ts'

test('before anything was measured, patience is under a second and longer on a long line', (t) => {
  const clock = new AckClock()
  t.is(clock.ackMs, null)
  t.ok(clock.patienceMs(0) < 900)
  t.is(clock.patienceMs(300) - clock.patienceMs(0), 900)
})

test('on a steady line, however fast, patience stays what the disk of a busy phone needs', (t) => {
  const clock = measured(Array<number>(50).fill(12))
  t.is(Math.round(clock.ackMs!), 12)
  t.ok(clock.patienceMs(1) >= 500 && clock.patienceMs(1) < 900)
})

test('on a line that varies, patience covers what it has been seen to do', (t) => {
  const seen = Array.from({ length: 60 }, (_, i) => (i % 10 === 9 ? 1600 : 500))
  const clock = measured(seen)
  t.ok(clock.patienceMs(300) > 1200)
  t.ok(clock.patienceMs(300) <= 5000)
})

test('what it once was is forgotten when the line gets better', (t) => {
  const clock = measured([...Array<number>(20).fill(3000), ...Array<number>(80).fill(20)])
  t.ok(clock.patienceMs(1) < 900)
})

function measured(samples: number[]): AckClock {
  const clock = new AckClock()
  for (const ms of samples) clock.sample(ms)
  return clock
}
