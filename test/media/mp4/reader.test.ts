import b4a from 'b4a'
import test from 'brittle'
import { box, bytesOf, split, u32 } from '../../helpers/films/media.ts'
import { ftyp, KEY, mdat, moof, moov, NOT_KEY, type RunOptions } from '../../helpers/films/mp4.ts'

const VIDEO = 1
const AUDIO = 2
const init = b4a.concat([ftyp, moov([{ id: VIDEO }, { id: AUDIO, handler: 'soun' }])])

test('boxes beside a fragment go with it, and what stands at the end with the last', (t) => {
  const before = ['styp', 'sidx', 'emsg', 'prft', 'free', 'uuid'].map((type) => box(type, u32(7)))
  const second = b4a.concat([...before, fragment(250), box('free'), mdat()])
  const end = b4a.concat([box('mfra', b4a.alloc(40)), box('free', b4a.alloc(5))])
  const { fragments, items, error } = split(b4a.concat([init, fragment(0), second, end]))
  t.is(error, null)
  t.is(fragments.length, 3)
  t.ok(b4a.equals(fragments[1]!.data, b4a.concat([...before, fragment(250)])))
  const { data, ptsUs, durationUs, key } = fragments[2]!
  t.ok(b4a.equals(data, b4a.concat([box('free'), mdat(), end])))
  t.alike([ptsUs, durationUs, key], [500_000, 0, false], 'no time of its own')
  t.is(
    bytesOf(items).byteLength,
    init.byteLength + fragment(0).byteLength + second.byteLength + end.byteLength
  )
})

test('a moof is never parted from its mdat, whatever stands between', (t) => {
  const [head, tail] = [pictures(0, 250), b4a.concat([box('free', u32(1)), mdat()])]
  const { fragments } = split(b4a.concat([init, head, tail, fragment(250)]))
  t.ok(b4a.equals(fragments[0]!.data, b4a.concat([head, tail])))
})

test('fragments of one frame are gathered', (t) => {
  const frames = Array.from({ length: 50 }, (_, i) => fragment(i * 40, 40, i % 25 === 0))
  const { fragments } = split(b4a.concat([init, ...frames]))
  t.alike(
    fragments.map(({ durationUs, key }) => `${durationUs / 1000}${key ? ' key' : ''}`),
    ['240 key', '240', '240', '240', '40', '240 key', '240', '240', '240', '40']
  )
})

test('sound in a moof of its own is handed on without waiting for a picture', (t) => {
  const sound = (ms: number) => b4a.concat([sounds(ms, 500), mdat()])
  const input = [fragment(0, 500, true), sound(0), fragment(500, 500), sound(500)]
  const { fragments } = split(b4a.concat([init, ...input]))
  t.alike(
    fragments.map(({ ptsUs, durationUs, key }) => [ptsUs / 1000, durationUs / 1000, key]),
    [
      [0, 500, true],
      [0, 0, false],
      [500, 500, false],
      [500, 0, false]
    ]
  )
})

test('a moof with picture and sound has the time of its picture', (t) => {
  const both = moof(run(AUDIO, 960, 270, true), run(VIDEO, 1000, 250, false))
  const { fragments } = split(b4a.concat([init, both, mdat()]))
  t.alike([fragments[0]!.ptsUs, fragments[0]!.durationUs], [1_000_000, 250_000])
  t.is(fragments[0]!.key, false)
})

test('with sound alone every fragment is a place to start', (t) => {
  const audioInit = b4a.concat([ftyp, moov([{ id: AUDIO, handler: 'soun' }])])
  const sound = [0, 260, 520].map((ms) => b4a.concat([sounds(ms, 260), mdat()]))
  const { inits, fragments } = split(b4a.concat([audioInit, ...sound]))
  t.is(inits[0]!.description.mime, 'audio/mp4')
  t.alike(
    fragments.map(({ key }) => key),
    [true, true, true]
  )
})

test('media that the header itself describes is the first fragment', (t) => {
  const half = b4a.concat([ftyp, moov([{ id: VIDEO, duration: 1000 }])])
  const { fragments } = split(b4a.concat([half, mdat(500), fragment(1000, 1000, true)]))
  t.alike(
    fragments.map(({ ptsUs, durationUs, key }) => [ptsUs / 1000, durationUs / 1000, key]),
    [
      [0, 1000, true],
      [1000, 1000, true]
    ]
  )
})

test('a box with a size of 64 bits is read like any other', (t) => {
  const long = b4a.concat([u32(1), b4a.from('mdat'), u32(0), u32(16 + 9), b4a.alloc(9)])
  const { fragments, error } = split(b4a.concat([init, pictures(0, 250), long]))
  t.is(error, null)
  t.is(fragments.length, 1)
})

test('what cannot be a box is damage, and what came before it is kept', (t) => {
  const garbage: [string, Uint8Array][] = [
    ['a file torn into zeros', b4a.alloc(64)],
    ['a name that is none', b4a.from('0000001000ff00ff0000000000000000', 'hex')],
    ['smaller than its header', b4a.from('000000076d6f6f66', 'hex')],
    ['smaller than its long header', b4a.from('000000016d6f6f66000000000000000f', 'hex')],
    ['beyond all size', b4a.from('000000016d6f6f66ffffffffffffffff', 'hex')],
    ['a fragment without a track', b4a.concat([box('moof', box('traf')), mdat()])],
    ['a child that overruns', b4a.concat([box('moof', u32(900), b4a.from('none')), mdat()])],
    ['a moof without an mdat', b4a.concat([pictures(500, 250), init])]
  ]
  for (const [what, bytes] of garbage) {
    const { error, fragments } = split(b4a.concat([init, fragment(0), fragment(250), bytes]))
    t.is(error?.code, 'MEDIA_DAMAGED', what)
    t.is(fragments.length, 2, what)
  }
})

test('what was gathered before the damage is kept, though short', (t) => {
  const { fragments, error } = split(b4a.concat([init, fragment(0, 40), b4a.alloc(64)]))
  t.is(error?.code, 'MEDIA_DAMAGED')
  t.is(fragments.length, 1)
})

test('an input that ends between a moof and its mdat leaves the moof over', (t) => {
  const moofBytes = pictures(250, 250).byteLength
  const { fragments, end } = split(b4a.concat([init, fragment(0), pictures(250, 250)]))
  t.is(fragments.length, 1)
  t.alike([end!.leftoverBytes, end!.truncated], [moofBytes, true])
})

test('a second header begins anew', (t) => {
  const untimed = b4a.concat([moof({ track: VIDEO, count: 5, defaultDuration: 50 }), mdat()])
  const index = box('mfra', b4a.alloc(4))
  const late = fragment(90_000)
  const { inits, fragments, items } = split(b4a.concat([init, late, index, init, untimed, index]))
  t.alike(
    inits.map(({ data }) => b4a.equals(data, init)),
    [true, true]
  )
  t.alike(
    items.map((item) => (item.kind === 'init' ? 'init' : item.fragment.ptsUs / 1000)),
    ['init', 90_000, 90_250, 'init', 0, 250]
  )
  t.ok(b4a.equals(fragments[1]!.data, index), 'an index goes with what it lists')
})

test('a header that does not know its length describes no media', (t) => {
  const unknown = b4a.concat([ftyp, moov([{ id: VIDEO, duration: 0xffffffff }])])
  const { fragments } = split(b4a.concat([unknown, mdat(500), fragment(0)]))
  t.alike(
    fragments.map(({ ptsUs, durationUs }) => [ptsUs, durationUs]),
    [[0, 250_000]]
  )
})

test('a stream without its header is refused', (t) => {
  t.is(split(fragment(0)).error?.code, 'MEDIA_UNSUPPORTED')
})

test('a header without media is a recording of nothing, half a header is damage', (t) => {
  t.alike(split(init).fragments, [])
  t.is(split(init).error, null)
  t.is(split(init.subarray(0, init.byteLength - 1)).error?.code, 'MEDIA_DAMAGED')
})

test('boxes without media do not pile up', (t) => {
  const padding = Array.from({ length: 10 }, () => box('free', b4a.alloc(992)))
  const clip = b4a.concat([init, ...padding, fragment(0)])
  const { items, fragments, error } = split(clip, { maxFragmentBytes: 3000 })
  t.is(error, null)
  t.ok(fragments.every((it) => it.data.byteLength <= 3000))
  t.ok(b4a.equals(bytesOf(items), clip))
})

test('a fragment over the limit is damage, however it is made up; gathered ones stay below it', (t) => {
  const limits = { maxFragmentBytes: 3000 }
  const padding = Array.from({ length: 4 }, () => box('free', b4a.alloc(992)))
  const parted = b4a.concat([init, fragment(0), pictures(250, 250), ...padding, mdat()])
  t.is(split(parted, limits).error?.code, 'MEDIA_DAMAGED')
  t.is(split(parted, limits).fragments.length, 1)
  const frames = [0, 1, 2, 3].map((i) => b4a.concat([pictures(i * 40, 40), mdat(992)]))
  const gathered = split(b4a.concat([init, ...frames]), limits)
  t.is(gathered.error, null)
  t.alike(
    gathered.fragments.map(({ durationUs }) => durationUs / 1000),
    [80, 80]
  )
})

function fragment(ms: number, length = 250, key = ms === 0): Uint8Array {
  return b4a.concat([pictures(ms, length, key), mdat()])
}

function pictures(ms: number, length: number, key = false): Uint8Array {
  return moof(run(VIDEO, ms, length, key))
}

function sounds(ms: number, length: number): Uint8Array {
  return moof(run(AUDIO, ms, length, true))
}

function run(track: number, ms: number, length: number, key: boolean): RunOptions {
  const firstFlags = key ? KEY : NOT_KEY
  return { track, decodeTime: ms, defaultDuration: length / 5, count: 5, firstFlags }
}
