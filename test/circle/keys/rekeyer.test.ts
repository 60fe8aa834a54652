// When a device re-keys for a need that others may give it again and again.

import test from 'brittle'
import { Rekeyer } from '../../../core/circle/keys/rekeyer.ts'
import { eventually } from '../../helpers/eventually.ts'
import { leaks } from '../../helpers/leaks.ts'

const FIRST_AFTER_MS = 20
const TIMES = 4

test('the same need again is answered after twice as long each time', async (t) => {
  const moments = [Date.now()]
  const rekeyer: Rekeyer = new Rekeyer({
    turn: () => (moments.length <= TIMES ? 0 : -1),
    times: () => moments.length - 1,
    rekey: async () => {
      moments.push(Date.now())
      queueMicrotask(() => rekeyer.check())
    },
    firstAfterMs: FIRST_AFTER_MS
  })
  rekeyer.check()
  await eventually(() => moments.length > TIMES)
  await rekeyer.stop()
  const waits = moments.slice(1).map((at, i) => at - moments[i]!)
  for (const [i, waited] of waits.entries()) {
    const least = FIRST_AFTER_MS * 2 ** i - 2 // a timer's clock and this one are not the same
    t.ok(waited >= least, `${waited} ms, at least ${least}`)
  }
})

test('what fails while it is stopped is not tried again', async (t) => {
  const watch = leaks(t)
  let fail: ((err: Error) => void) | null = null
  const rekeyer = new Rekeyer({
    turn: () => 0,
    times: () => 0,
    rekey: () => new Promise((_resolve, reject) => (fail = reject)),
    firstAfterMs: 1
  })
  rekeyer.check()
  await eventually(() => fail !== null)
  const stopped = rekeyer.stop()
  fail!(new Error('closed'))
  await stopped
  t.alike(watch.remains(), [])
})
