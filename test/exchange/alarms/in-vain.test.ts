import test from 'brittle'
import { InVain } from '../../../core/exchange/alarms/in-vain.ts'
import type { Look } from '../../../core/exchange/alarms/in-vain.ts'

const START = { nowMs: 0, bytesRead: 0 }

/** A minute of looks, four in a second, at what `at` says of each moment. @returns when it was told, s; or null */
function told(at: (seconds: number) => Omit<Look, 'nowMs'>, forSeconds = 60): number | null {
  const inVain = new InVain(START)
  for (let nowMs = 250; nowMs <= 1000 * forSeconds; nowMs += 250) {
    if (inVain.look({ nowMs, ...at(nowMs / 1000) })) return nowMs / 1000
  }
  return null
}

/** A sign of life every five seconds. */
const signs = (seconds: number): number => 17 * Math.floor(seconds / 5)

test('who lives, is asked and gives nothing is told of after half a minute', (t) => {
  const seconds = told((s) => ({ bytesRead: signs(s), state: 'asked' }))
  t.ok(seconds !== null && seconds >= 30 && seconds <= 36, `${seconds}`)
})

test('who does not even open what it has signed for, after two minutes', (t) => {
  t.is(
    told((s) => ({ bytesRead: signs(s), state: 'unopened' })),
    null
  )
  const seconds = told((s) => ({ bytesRead: signs(s), state: 'unopened' }), 200)
  t.ok(seconds !== null && seconds >= 120, `${seconds}`)
})

test('who is asked for nothing is told of for nothing', (t) => {
  t.is(
    told((s) => ({ bytesRead: signs(s), state: 'idle' }), 1000),
    null
  )
})

test('a line that is dead accuses nobody, nor one that breaks again and again', (t) => {
  t.is(
    told(() => ({ bytesRead: 0, state: 'asked' }), 1000),
    null
  )
  const nowAndThen = (s: number): number => 17 * Math.floor(s / 12)
  t.is(
    told((s) => ({ bytesRead: nowAndThen(s), state: 'asked' }), 1000),
    null
  )
})

test('a line that brings little, but brings it, accuses nobody', (t) => {
  const slow = (s: number): number => Math.floor(s) * 2500
  t.is(
    told((s) => ({ bytesRead: slow(s), state: 'asked' }), 1000),
    null
  )
})

test('the time this device was asleep itself does not count', (t) => {
  const inVain = new InVain(START)
  for (let i = 1; i <= 20; i++) {
    t.absent(inVain.look({ nowMs: i * 60_000, bytesRead: 17 * i, state: 'asked' }))
  }
})

test('a new link of the same member goes on where the last one was', (t) => {
  const inVain = new InVain(START)
  let isTold = false
  for (let link = 0; link < 3; link++) {
    inVain.movedTo(0)
    for (let s = 0; s < 15; s++) {
      const nowMs = 1000 * (15 * link + s)
      isTold = inVain.look({ nowMs, bytesRead: 17 * (s + 1), state: 'asked' })
    }
  }
  t.ok(isTold)
})
