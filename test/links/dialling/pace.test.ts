import test from 'brittle'
import { paceOf } from '../../../core/links/dialling/pace.ts'

const CASES: [strainMs: number, parallel: number, times: number][] = [
  [0, 6, 1],
  [40, 5, 1.2],
  [200, 3, 2],
  [400, 2, 3],
  [1000, 1, 6],
  [60_000, 1, 6]
]

for (const [strainMs, parallel, times] of CASES) {
  test(`late by ${strainMs} ms on average, ${parallel} are dialled at a time and all takes ${times} times as long`, (t) => {
    t.alike(paceOf(strainMs), { parallel, times })
  })
}
