import test from 'brittle'
import { backoffMs } from '../../../core/links/dialling/backoff.ts'

const CASES: [attempts: number, mostMs: number][] = [
  [1, 250],
  [2, 500],
  [3, 1000],
  [6, 8000],
  [7, 15_000],
  [8, 15_000],
  [1_000_000, 15_000]
]

for (const [attempts, mostMs] of CASES) {
  test(`after ${attempts} failed dials the next waits ${mostMs} ms, or up to a third less`, (t) => {
    t.is(backoffMs(attempts, 0), mostMs)
    const least = backoffMs(attempts, 1 - Number.EPSILON)
    t.ok(least > 0.66 * mostMs && least < 0.67 * mostMs)
  })
}
