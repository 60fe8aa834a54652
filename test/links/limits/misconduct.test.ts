import b4a from 'b4a'
import test from 'brittle'
import { Misconduct } from '../../../core/links/limits/misconduct.ts'

const DEVICE = b4a.alloc(32, 1)
const OTHER = b4a.alloc(32, 2)
const HOUR_MS = 60 * 60_000

test('who misuses a link is kept out for longer each time, up to an hour', (t) => {
  const misconduct = new Misconduct()
  const outMs: number[] = []
  for (let nowMs = 0, i = 0; i < 8; i++) {
    outMs.push(misconduct.note(DEVICE, nowMs))
    t.ok(misconduct.isOut(DEVICE, nowMs + outMs[i]! - 1))
    nowMs += outMs[i]!
    t.absent(misconduct.isOut(DEVICE, nowMs))
  }
  t.alike(outMs, [5000, 20_000, 80_000, 320_000, 1_280_000, HOUR_MS, HOUR_MS, HOUR_MS])
})

test('who behaves for long enough after that starts anew', (t) => {
  const misconduct = new Misconduct()
  misconduct.note(DEVICE, 0)
  t.is(misconduct.note(DEVICE, 5000 + 6 * HOUR_MS), 20_000, 'not long enough')
  t.is(misconduct.note(DEVICE, 25_001 + 12 * HOUR_MS), 5000)
})

test('nobody is kept out for what another did', (t) => {
  const misconduct = new Misconduct()
  misconduct.note(DEVICE, 0)
  t.absent(misconduct.isOut(OTHER, 1))
  t.is(misconduct.note(OTHER, 1), 5000)
})
