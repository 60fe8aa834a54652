import test from 'brittle'
import { systemClock } from '../../core/runtime/clock.ts'
import { eventually } from '../helpers/eventually.ts'

const HOUR_MS = 3_600_000

test('the clock that nobody can set goes on as it was where the other is set, forward or back', async (t) => {
  const { now } = Date
  t.teardown(() => {
    Date.now = now
  })
  const clock = systemClock()
  for (const byMs of [HOUR_MS, -HOUR_MS]) {
    const [wallMs, steadyMs] = [clock.now(), clock.monotonicMs()]
    Date.now = () => now() + byMs
    t.ok(Math.abs(clock.now() - wallMs) > HOUR_MS / 2)
    t.ok(Math.abs(clock.monotonicMs() - steadyMs) < HOUR_MS / 2, `set by ${byMs} ms`)
    Date.now = now
  }
  const before = clock.monotonicMs()
  await eventually(() => clock.monotonicMs() > before)
  t.pass('and it runs')
})
