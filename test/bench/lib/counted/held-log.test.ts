import test from 'brittle'
import { HeldLog } from '../../../../bench/lib/counted/held-log.ts'
import { hex } from '../../../../bench/lib/hex.ts'

const HOLDERS = [new Uint8Array(32).fill(1), new Uint8Array(32).fill(2)]
const RECORDING = new Uint8Array(32).fill(3)
/** More than the columns begin with, twice. */
const MANY = 5000

test('Every note of who had how much comes back, in the order in which it was taken', (t) => {
  const log = new HeldLog()
  for (let i = 0; i < MANY; i++) log.note(HOLDERS[i % 2]!, RECORDING, i * 20, i + 0.25)
  const expected = Array.from({ length: MANY }, (_, i) => ({
    holder: hex(HOLDERS[i % 2]!),
    recording: hex(RECORDING),
    length: i * 20,
    atMs: i + 0.25
  }))
  t.alike(log.all(), expected)
  t.alike(log.reached(50_001), expected[2501])
  t.is(log.reached(MANY * 20), undefined)
})

test('What is cleared is not found again', (t) => {
  const log = new HeldLog()
  log.note(HOLDERS[0]!, RECORDING, 7)
  log.clear()
  t.is(log.reached(1), undefined)
  log.note(HOLDERS[1]!, RECORDING, 5)
  t.alike(
    log.all().map(({ length }) => length),
    [5]
  )
})
