import b4a from 'b4a'
import test from 'brittle'
import { keptOf, maySay, SaidAlarms } from '../../../core/exchange/alarms/alarm-policy.ts'
import type { Accusation } from '../../../core/exchange/alarms/alarm-policy.ts'
import { isSilent, whoseClockIsOff } from '../../../core/exchange/alarms/watch-policy.ts'
import { fill } from '../../helpers/encoding/codecs.ts'

const HOUR = 3_600_000

function alarm(kind: Accusation['alarm'], more: Partial<Accusation> = {}): Accusation {
  const about = { recording: fill(1), device: fill(2), proof: b4a.alloc(0) }
  return { alarm: kind, ...about, atMs: 0, ...more }
}

test('what was tried on a recording is said once, for ever', (t) => {
  for (const kind of ['fork-offer', 'rival-history', 'write-after-seal', 'silence'] as const) {
    const said = new SaidAlarms()
    t.ok(said.isDue(alarm(kind)))
    said.note(alarm(kind))
    t.absent(said.isDue(alarm(kind, { atMs: 1000 * HOUR })), kind)
    t.ok(said.isDue(alarm(kind, { recording: fill(9) })), 'but of another recording it is')
  }
})

test('what is so for now is said again later', (t) => {
  const said = new SaidAlarms()
  said.note(alarm('battery-low'))
  t.absent(said.isDue(alarm('battery-low', { atMs: HOUR / 2 })))
  t.ok(said.isDue(alarm('battery-low', { atMs: HOUR })))
})

test('every loss is said: each ends what was signed for before it', (t) => {
  const said = new SaidAlarms()
  for (let i = 0; i < 100; i++) {
    t.ok(said.isDue(alarm('storage-damaged')))
    said.note(alarm('storage-damaged'))
  }
})

test('one who misbehaves with ever new recordings fills no journal', (t) => {
  const said = new SaidAlarms()
  let entries = 0
  for (let i = 0; i < 1000; i++) {
    const next = alarm('fork-offer', { recording: fill(i % 256), device: fill(2), atMs: i * 1000 })
    if (!said.isDue(next)) continue
    said.note(next)
    entries++
  }
  t.ok(entries <= 8, `${entries} in a quarter of an hour`)
})

test('many who misbehave fill no journal either', (t) => {
  const said = new SaidAlarms()
  let entries = 0
  for (let i = 0; i < 1000; i++) {
    const next = alarm('fork-offer', { recording: fill(i % 256), device: fill((i / 4) % 256) })
    if (!said.isDue(next)) continue
    said.note(next)
    entries++
  }
  t.is(entries, 60)
})

test('who tries one thing again and again hides nothing else that it does behind that', (t) => {
  const said = new SaidAlarms()
  for (let i = 0; i < 60; i++) said.note(alarm('fork-offer', { recording: fill(i) }))
  t.absent(said.isDue(alarm('fork-offer', { recording: fill(99) })))
  t.ok(said.isDue(alarm('write-after-seal', { recording: fill(99) })))
})

test('nor what can be shown behind what cannot, of the same recording or of others', (t) => {
  const said = new SaidAlarms()
  for (let i = 0; i < 60; i++) said.note(alarm('rival-history', { recording: fill(i) }))
  t.absent(said.isDue(alarm('rival-history', { recording: fill(99) })))
  t.ok(said.isDue(alarm('rival-history', { recording: fill(99), proof: fill(7) })))
  t.ok(said.isDue(alarm('rival-history', { recording: fill(1), proof: fill(7) })))
})

test('of too many alarms those of whoever says most are forgotten', (t) => {
  const loud = Array.from({ length: 1000 }, (_, n) => ({ by: fill(9), n }))
  const all = [{ by: fill(1), n: -1 }, ...loud.slice(0, 500), { by: fill(2), n: -2 }, ...loud]
  const kept = keptOf(all, 50)
  t.is(kept.length, 50)
  t.alike(
    kept.filter(({ n }) => n < 0).map(({ n }) => n),
    [-1, -2]
  )
  t.is(kept.at(-1)!.n, 999)
})

test('of its battery and its disk only a device itself can tell', (t) => {
  for (const kind of ['battery-low', 'storage-low', 'storage-damaged'] as const) {
    t.ok(maySay(fill(2), alarm(kind)))
    t.absent(maySay(fill(3), alarm(kind)), kind)
  }
  t.ok(maySay(fill(3), alarm('silence')))
})

const MINUTE = 60_000

test('a clock far off is found, and it is the one that the others do not share', (t) => {
  t.is(whoseClockIsOff(1500, [1500]), null)
  t.is(whoseClockIsOff(10 * MINUTE, [10 * MINUTE]), 'theirs')
  t.is(whoseClockIsOff(-10 * MINUTE, [-10 * MINUTE, 0, 0, 0]), 'theirs')
  const all = [10 * MINUTE, 10 * MINUTE + 400, 10 * MINUTE - 300]
  t.is(whoseClockIsOff(10 * MINUTE, all), 'ours')
  t.is(whoseClockIsOff(10 * MINUTE, all.slice(0, 2)), 'theirs', 'two prove nothing')
})

test('a film is silent after half a minute', (t) => {
  t.absent(isSilent(0, 29_999))
  t.ok(isSilent(0, 30_000))
})
