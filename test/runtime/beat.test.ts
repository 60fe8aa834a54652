import test from 'brittle'
import { Beat } from '../../core/runtime/beat.ts'

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
