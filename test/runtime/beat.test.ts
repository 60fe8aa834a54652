import test from 'brittle'
import { Beat, latenessMs, strainMs } from '../../core/runtime/beat.ts'
import { eventually } from '../helpers/eventually.ts'

const HOUR_MS = 3_600_000

test('beats of any length fall together, the longer on every so many of the shorter', async (t) => {
  const turns: string[] = []
  const done = new Promise<void>((resolve) => {
    const long = new Beat(500, () => {
      turns.push('long')
      if (turns.filter((turn) => turn === 'long').length < 3) return
      for (const beat of [short, long]) beat.stop()
      resolve()
    })
    const short = new Beat(250, () => void turns.push('short'))
    for (const beat of [short, long]) beat.start()
  })
  await done
  const until = turns.join(' ').replace(/^(short )?short long/, 'short long')
  t.is(until, 'short long short short long short short long')
})

test('a beat that was stopped is not called again, not even in the same turn', async (t) => {
  let calls = 0
  const ended = new Promise<void>((resolve) => {
    const first = new Beat(250, () => {
      second.stop()
      first.stop()
      resolve()
    })
    const second = new Beat(250, () => void calls++)
    first.start()
    second.start()
  })
  await ended
  await new Promise((resolve) => setTimeout(resolve, 600))
  t.is(calls, 0)
})

test('who is held up knows it before the next beat, and on average for a while after', async (t) => {
  const beat = new Beat(250, () => {})
  t.teardown(() => beat.stop())
  beat.start()
  t.is(strainMs(), 0)
  holdUp(800)
  t.ok(latenessMs() > 400)
  await eventually(() => strainMs() > 50)
  t.ok(strainMs() <= 4000)
})

test('nobody is late for a wall clock that was set', (t) => {
  const beat = new Beat(250, () => {})
  const { now } = Date
  t.teardown(() => {
    Date.now = now
    beat.stop()
  })
  beat.start()
  Date.now = () => now() + HOUR_MS
  t.ok(latenessMs() < HOUR_MS / 2)
})

test('nobody is late where nothing beats', (t) => {
  holdUp(300)
  t.is(latenessMs(), 0)
})

function holdUp(forMs: number): void {
  const fromMs = Date.now()
  while (Date.now() - fromMs < forMs);
}
