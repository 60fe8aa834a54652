// The clock of an engine that films, or of one that watches, is set: pictures and their times go on as before, and
// the film says where it was.

import test from 'brittle'
import type { MediaFrame } from '../../core/api/contract.ts'
import { jumpsIn } from '../../mobile/ui/state/playback/clock.ts'
import { createPair } from '../helpers/api/app.ts'
import {
  durable,
  FRAGMENTS,
  sendClip,
  sendFragments,
  startFilm,
  stopFilm
} from '../helpers/api/filmed.ts'
import { SetClock } from '../helpers/devices/set-clock.ts'
import { eventually } from '../helpers/eventually.ts'

const HOUR_MS = 3_600_000

test('a clock that is set forward and back moves no picture, and the film tells of both', async (t) => {
  const [clock, theirs] = [new SetClock(1), new SetClock(1)]
  const { page, watcher } = await createPair(t, [clock, theirs])
  const film = await startFilm(page)
  const { filming, link } = film
  sendClip(link, FRAGMENTS.slice(0, 8))
  await durable(link)
  const recording = (await eventually(() => page.state!.filming[filming]?.recording ?? null))!
  await eventually(() => watcher.state!.recordings[recording]?.readable === true)
  const times: number[] = []
  const watching = (async () => {
    for await (const { header } of watcher.frames(`/media/${recording}/stream?at=0`))
      times.push(...timeOf(header))
  })()
  await eventually(() => times.length >= 8)
  clock.set(HOUR_MS)
  theirs.set(-HOUR_MS)
  sendFragments(link, FRAGMENTS.slice(8, 16))
  await eventually(() => times.length >= 16)
  clock.set(-2 * HOUR_MS)
  theirs.set(2 * HOUR_MS)
  sendFragments(link, FRAGMENTS.slice(16))
  await durable(link)
  await stopFilm(page, film)
  await watching
  t.is(times.length, FRAGMENTS.length)
  t.ok(isRising(times), 'what is watched')
  const timeline = await watcher.call('recording.timeline', { recording })
  t.ok(isRising(timeline.clocks.map(({ seconds }) => seconds)), 'what stands in the film')
  t.ok(Math.abs(timeline.seconds - 6) < 0.1, `${timeline.seconds} s`)
  t.is(timeline.parts.length, 1)
  t.alike(timeline.gaps, [])
  t.is(jumpsIn(timeline).length, 2, 'forward, and back')
})

function timeOf(header: MediaFrame): number[] {
  return header.kind === 'fragment' && !header.continued ? [header.at] : []
}

function isRising(times: readonly number[]): boolean {
  return times.every((time, i) => i === 0 || time >= times[i - 1]!)
}
