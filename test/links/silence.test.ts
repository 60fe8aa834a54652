import test from 'brittle'
import type { Assert } from 'brittle'
import { isSilent, SilenceWatch } from '../../core/links/silence.ts'
import { eventually } from '../helpers/eventually.ts'

test('a line is silent where something waits for an answer and nothing was heard for seconds', (t) => {
  const table: [string, number, number, number, boolean][] = [
    ['nothing waits', 60_000, 0, 10, false],
    ['it was heard a moment ago', 500, 9000, 10, false],
    ['a slow line has more patience', 2500, 9000, 300, false],
    ['a dead line', 2500, 9000, 10, true],
    ['a slow line that is dead', 4000, 9000, 300, true]
  ]
  for (const [what, unheardMs, inFlight, rttMs, silent] of table) {
    t.is(isSilent({ unheardMs, inFlight, rttMs }), silent, what)
  }
})

test('a silent link is dialled again, one dial after another, until something is heard', async (t) => {
  const { link, dials, pass } = watched(t)
  await pass(3000)
  await eventually(() => dials.length === 1)
  await pass(1000)
  t.is(dials.length, 1, 'one at a time')
  dials[0]!()
  await eventually(() => dials.length === 2)
  dials[1]!()
  link.packetsHeard++
  await pass(1000)
  t.is(dials.length, 2, 'heard from')
})

test('a link with nothing to answer is left alone', async (t) => {
  const { link, dials, pass } = watched(t)
  link.inFlight = 0
  await pass(30_000)
  t.is(dials.length, 0)
})

/** A link whose line is in the test's hand; no cable can be cut in mid-packet here. */
function watched(t: Assert) {
  const link: any = { inFlight: 5000, packetsHeard: 7, rttMs: 10 }
  const dials: (() => void)[] = []
  let nowMs = 0
  const watch = new SilenceWatch({
    links: () => [link],
    redial: () => new Promise<void>((resolve) => dials.push(resolve)),
    now: () => nowMs
  })
  watch.start()
  t.teardown(() => watch.stop())
  /** Two looks, that much time, two looks. */
  const pass = async (ms: number): Promise<void> => {
    await looks()
    nowMs += ms
    await looks()
  }
  return { link, dials, pass }
}

function looks(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 600))
}
