import test from 'brittle'
import { TemoinError } from '../../../core/errors.ts'
import { parseMoof } from '../../../core/media/mp4/fragment.ts'
import { parseMoov, type Mp4Init } from '../../../core/media/mp4/init.ts'
import {
  KEY,
  moof,
  moov,
  NOT_KEY,
  type RunOptions,
  type TrackOptions
} from '../../helpers/films/mp4.ts'

test('time is decode time plus composition, in the timescale of the track', (t) => {
  const init = parse([{ id: 1, timescale: 90_000 }])
  const samples = [{ duration: 3000, composition: 6000 }]
  t.alike(times(init, { track: 1, decodeTime: 90_000, samples }), [[1_066_667, 1_100_000]])
  const late = 90_000n * 3600n * 24n * 365n
  t.alike(times(init, { track: 1, decodeTime: late, samples })[0]![0], 31_536_000_066_667)
})

test('with frames out of order the span is what is shown, from first to last', (t) => {
  const samples = [200, 400, 100, -100].map((composition) => ({ duration: 100, composition }))
  t.alike(times(parse([{ id: 1 }]), { track: 1, decodeTime: 1000, samples }), [
    [1_200_000, 1_600_000]
  ])
})

test('what an edit list cuts off before zero counts as zero', (t) => {
  const samples = [{ duration: 100, composition: -60 }]
  t.alike(times(parse([{ id: 1 }]), { track: 1, decodeTime: 0, samples }), [[0, 40_000]])
})

test('duration falls back from sample to fragment to track', (t) => {
  const init = parse([{ id: 1, defaultDuration: 10 }])
  const run = { track: 1, decodeTime: 0, defaultDuration: 20 }
  t.alike(times(init, { ...run, samples: [{ duration: 40 }, { duration: 40 }] }), [[0, 80_000]])
  t.alike(times(init, { ...run, count: 2 }), [[0, 40_000]])
  t.alike(times(init, { track: 1, decodeTime: 0, count: 2 }), [[0, 20_000]])
})

test('a fragment that does not say when goes on where the last one of its track ended', (t) => {
  const init = parse([{ id: 1 }, { id: 2, handler: 'soun' }])
  const next = new Map<number, number>()
  const run = { count: 5, defaultDuration: 50 }
  const start = moof({ track: 1, decodeTime: 1000, ...run }, { track: 2, decodeTime: 3000, ...run })
  parseMoof(body(start), init.tracks, next)
  const spans = parseMoof(body(moof({ track: 2, ...run }, { track: 1, ...run })), init.tracks, next)
  t.alike(
    spans.map(({ track, startUs }) => [track, startUs]),
    [
      [2, 3_250_000],
      [1, 1_250_000]
    ]
  )
})

test('the first sample says whether one can start: run, then sample, then fragment, then track', (t) => {
  const keyOf = (run: Partial<RunOptions>, track: Partial<TrackOptions> = {}) =>
    spans(parse([{ id: 1, ...track }]), { track: 1, decodeTime: 0, count: 1, ...run })[0]!.key
  const notKey = { defaultFlags: NOT_KEY }
  t.is(keyOf({}, notKey), false, 'track')
  t.is(keyOf({ defaultFlags: KEY }, notKey), true, 'fragment before track')
  const samples = [{ flags: KEY }, { flags: NOT_KEY }]
  t.is(keyOf({ ...notKey, samples, count: 2 }), true, 'sample before fragment')
  t.is(keyOf({ ...notKey, firstFlags: KEY }), true, 'run before fragment')
  t.is(keyOf({ defaultFlags: KEY, firstFlags: NOT_KEY }), false)
  t.is(keyOf({}), true, 'nothing said: every sample is one')
})

test('tracks the header did not name, and runs without samples, are left out', (t) => {
  const init = parse([{ id: 1 }])
  t.alike(spans(init, { track: 9, decodeTime: 0, count: 5 }), [])
  t.alike(spans(init, { track: 1, decodeTime: 0, count: 0 }), [])
})

test('a count that the bytes do not back is damage, and costs no time', (t) => {
  const init = parse([{ id: 1 }])
  for (const samples of [[{ duration: 1 }], [{ flags: KEY }], [{ composition: 1 }]]) {
    const run = { track: 1, decodeTime: 0, samples, count: 0xffffffff }
    t.is(
      codeOf(() => spans(init, run)),
      'MEDIA_DAMAGED'
    )
  }
  t.alike(times(init, { track: 1, decodeTime: 0, count: 0xffffffff }), [[0, 0]])
})

test('a time beyond all reason is damage', (t) => {
  const init = parse([{ id: 1, timescale: 1 }])
  for (const decodeTime of [0xffffffffffffffffn, 0x1fffffffffffffn]) {
    t.is(
      codeOf(() => spans(init, { track: 1, decodeTime, count: 1 })),
      'MEDIA_DAMAGED'
    )
  }
})

test('a header that counts no time or names no track is damage; one of a plain file is not for us', (t) => {
  t.is(
    codeOf(() => parse([{ id: 1, timescale: 0 }])),
    'MEDIA_DAMAGED'
  )
  t.is(
    codeOf(() => parse([])),
    'MEDIA_DAMAGED'
  )
  t.is(
    codeOf(() => parseMoov(body(moov([{ id: 1 }], { plain: true })))),
    'MEDIA_UNSUPPORTED'
  )
})

test('the main track is the first with a picture, else the first', (t) => {
  t.is(parse([{ id: 1, handler: 'soun' }, { id: 2 }, { id: 3 }]).main.id, 2)
  t.is(
    parse([
      { id: 7, handler: 'soun' },
      { id: 8, handler: 'meta' }
    ]).main.id,
    7
  )
})

function parse(tracks: TrackOptions[]): Mp4Init {
  return parseMoov(body(moov(tracks)))
}

function spans(init: Mp4Init, ...runs: RunOptions[]) {
  return parseMoof(body(moof(...runs)), init.tracks, new Map())
}

function times(init: Mp4Init, ...runs: RunOptions[]) {
  return spans(init, ...runs).map(({ startUs, endUs }) => [startUs, endUs])
}

function body(box: Uint8Array): Uint8Array {
  return box.subarray(8)
}

function codeOf(fn: () => unknown): string | null {
  try {
    fn()
    return null
  } catch (err) {
    return TemoinError.is(err) ? err.code : String(err)
  }
}
