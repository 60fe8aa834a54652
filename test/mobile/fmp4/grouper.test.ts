import test from 'brittle'
import { Grouper, type Group } from '../../../mobile/ui/fmp4/grouper.ts'
import { Ring } from '../../../mobile/ui/fmp4/ring.ts'
import type { Sample } from '../../../mobile/ui/fmp4/tracks.ts'

const FRAME_US = 33_333

test('A fragment is about a quarter of a second, and each key frame begins one', (t) => {
  const groups = run(new Grouper({ video: true }), pictures(90))
  for (const group of groups) {
    const [first, ...rest] = group.samples
    t.is(group.key, first!.key)
    t.absent(
      rest.some(({ key }) => key),
      'a key frame is the first of its fragment'
    )
    t.ok(group.endUs - group.startUs <= 300_000, `${group.endUs - group.startUs} us long`)
  }
  t.is(groups.filter(({ key }) => key).length, 3)
})

test('Nothing is lost and nothing comes twice', (t) => {
  const samples = [...pictures(90), ...sounds(150)].sort((a, b) => a.ptsUs - b.ptsUs)
  const out = run(new Grouper({ video: true }), samples).flatMap((group) => group.samples)
  for (const kind of ['video', 'audio'] as const) {
    t.alike(
      out.filter((sample) => sample.kind === kind).map(({ ptsUs }) => ptsUs),
      samples.filter((sample) => sample.kind === kind).map(({ ptsUs }) => ptsUs),
      kind
    )
  }
})

test('A picture lasts until the next one, however long that takes', (t) => {
  const late = { ...pictures(1)[0]!, ptsUs: 700_000, key: false }
  const [group] = run(new Grouper({ video: true }), [...pictures(1), late])
  t.is(group!.samples[0]!.durationUs, 700_000)
})

test('Sound goes on by itself when the picture stands still', (t) => {
  const grouper = new Grouper({ video: true })
  run(grouper, pictures(1), false)
  const groups = run(grouper, sounds(100), false)
  t.ok(groups.length >= 2, `${groups.length} fragments`)
  t.absent(
    groups.slice(1).some(({ key }) => key),
    'and none of them is a place to start from'
  )
})

test('Sound without a picture makes fragments of a quarter of a second, each a key', (t) => {
  const groups = run(new Grouper({ video: false }), sounds(50))
  t.ok(groups.every(({ key }) => key))
  t.is(groups.length, 4)
})

test('The seconds before the tap always begin with a key frame', (t) => {
  const ring = new Ring<Group>(2000)
  for (const group of run(new Grouper({ video: true }), pictures(300))) ring.push(group)
  t.ok(ring.durationUs >= 2e6 && ring.durationUs < 3.3e6, `${ring.durationUs} us held`)
  const held = ring.take()
  t.ok(held[0]!.key)
  t.is(ring.durationUs, 0, 'and are given out once')
})

test('The seconds before the tap hold nothing before the first key frame', (t) => {
  const ring = new Ring<Group>(2000)
  ring.push({ samples: [], key: false, startUs: 0, endUs: 250_000 })
  t.alike(ring.take(), [])
})

function run(grouper: Grouper, samples: Sample[], flush = true): Group[] {
  const groups = samples.map((sample) => grouper.push(sample))
  if (flush) groups.push(grouper.flush())
  return groups.filter((group) => group !== null)
}

/** 30 a second, a key frame each second. */
function pictures(count: number): Sample[] {
  return Array.from({ length: count }, (_, index) => ({
    kind: 'video',
    ptsUs: index * FRAME_US,
    durationUs: FRAME_US,
    key: index % 30 === 0,
    data: new Uint8Array(1)
  }))
}

/** 20 ms each. */
function sounds(count: number): Sample[] {
  return Array.from({ length: count }, (_, index) => ({
    kind: 'audio',
    ptsUs: index * 20_000,
    durationUs: 20_000,
    key: true,
    data: new Uint8Array(1)
  }))
}
