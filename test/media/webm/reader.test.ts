import b4a from 'b4a'
import test from 'brittle'
import { fixture } from '../../helpers/films/clip.ts'
import { bytesOf, element, openElement, split, u16 } from '../../helpers/films/media.ts'

const VIDEO = 1
const AUDIO = 2
const CLUSTER = 0x1f43b675

test('a cluster of many seconds is cut into pieces of about 250 ms', (t) => {
  for (const cluster of [openCluster, closedCluster]) {
    const clip = b4a.concat([head(), cluster(0, frames(0, 5000, 40, 1000))])
    const { items, fragments, error } = split(clip)
    t.is(error, null)
    t.ok(b4a.equals(bytesOf(items), clip))
    const cut = fragments.slice(0, 6).map(({ ptsUs }) => ptsUs / 1000)
    t.alike(cut, [0, 240, 480, 720, 960, 1000], 'and at each key frame')
  }
})

test('only a piece that begins with a cluster is a place to start', (t) => {
  const second = [block(0, VIDEO, true), ...frames(40, 960, 40)]
  const clip = [head(), openCluster(0, frames(0, 2000, 40, 1000)), openCluster(2000, second)]
  const { fragments } = split(b4a.concat(clip))
  const keys = fragments.filter(({ key }) => key).map(({ ptsUs }) => ptsUs / 1000)
  t.alike(keys, [0, 2000], 'not the key frame at 1000 in mid-cluster')
})

test('sound before the first picture of a cluster leaves it a place to start', (t) => {
  const blocks = [block(0, AUDIO, true), block(0, AUDIO, true), block(10, VIDEO, true)]
  const { fragments } = split(b4a.concat([head(), openCluster(0, blocks)]))
  t.is(fragments.length, 1)
  t.alike([fragments[0]!.key, fragments[0]!.ptsUs], [true, 10_000])
})

test('with sound alone each cluster is a place to start', (t) => {
  const clusters = [0, 300].map((ms) => openCluster(ms, [0, 60, 120, 180].map(sound)))
  const { inits, fragments } = split(b4a.concat([head({ video: false }), ...clusters]))
  t.is(inits[0]!.description.mime, 'audio/webm; codecs="opus"')
  t.alike(
    fragments.map(({ key, ptsUs }) => [key, ptsUs / 1000]),
    [
      [true, 0],
      [true, 300]
    ]
  )
})

test('the start of a cluster is where a piece begins', (t) => {
  const clusters = [0, 300, 600].map((ms) => openCluster(ms, frames(0, 300, 50)))
  const { fragments } = split(b4a.concat([head(), ...clusters]))
  t.alike(
    fragments.map(({ ptsUs, data }) => [ptsUs / 1000, b4a.toString(data.subarray(0, 1), 'hex')]),
    [
      [0, '1f'],
      [250, 'a3'],
      [300, '1f'],
      [550, 'a3'],
      [600, '1f'],
      [850, 'a3']
    ]
  )
})

test('time is that of the cluster plus that of the block, in the scale of the file', (t) => {
  const scaled = head({ scale: [0x0f, 0x42, 0x40 / 2] })
  const blocks = [block(-21, VIDEO, true), block(19), block(59)]
  const { fragments } = split(b4a.concat([scaled, closedCluster(1000, blocks)]))
  t.alike([fragments[0]!.ptsUs, fragments[0]!.durationUs], [978_969, 119_996])
})

test('a block group is a key frame when it refers to no other, and may say how long it lasts', (t) => {
  const groups = [
    element(0xa0, element(0xa1, start(0)), element(0x9b, b4a.from([100]))),
    element(
      0xa0,
      element(0xa1, start(100)),
      element(0xfb, b4a.from([0xff])),
      element(0x9b, u16(150))
    )
  ]
  const { fragments } = split(b4a.concat([head(), openCluster(0, groups)]), { fragmentMs: 0 })
  t.alike(
    fragments.map(({ ptsUs, durationUs, key }) => [ptsUs / 1000, durationUs / 1000, key]),
    [
      [0, 100, true],
      [100, 150, false]
    ]
  )
})

test('a frame lasts as long as the one before it, but never through a pause', (t) => {
  const frames = [0, 40, 80, 5000, 5040].map((ms) => block(ms))
  const { fragments } = split(b4a.concat([head(), openCluster(0, frames)]), { fragmentMs: 0 })
  t.alike(
    fragments.map(({ durationUs }) => durationUs / 1000),
    [0, 40, 40, 250, 40]
  )
})

test('an index at the end goes with the last piece, or by itself', (t) => {
  const cues = b4a.concat([element(0x1c53bb6b, b4a.alloc(30)), element(0x1254c367, b4a.alloc(9))])
  const gathered = split(b4a.concat([head(), closedCluster(0, frames(0, 80, 40)), cues]))
  t.is(gathered.fragments.length, 1)
  const alone = split(b4a.concat([head(), closedCluster(0, frames(0, 240, 40)), cues]))
  t.is(alone.fragments.length, 2)
  t.ok(b4a.equals(alone.fragments[1]!.data, cues))
  t.alike([alone.fragments[1]!.ptsUs, alone.fragments[1]!.durationUs], [240_000, 0])
})

test('an input that ends between blocks of an announced cluster was cut off', (t) => {
  const clip = b4a.concat([head(), closedCluster(0, frames(0, 480, 40))])
  t.alike(endOf(clip), { leftoverBytes: 0, truncated: false })
  const blockBytes = block(0).byteLength
  t.alike(endOf(clip.subarray(0, -blockBytes)), { leftoverBytes: 0, truncated: true })
  t.alike(endOf(clip.subarray(0, -1)), { leftoverBytes: blockBytes - 1, truncated: true })
  const live = b4a.concat([head(), openCluster(0, frames(0, 480, 40))])
  t.alike(endOf(live.subarray(0, -blockBytes)), { leftoverBytes: 0, truncated: false }, 'live')
})

test('what cannot be WebM is damage, and what came before it is kept', (t) => {
  const eternity = element(0xe7, b4a.from('001fffffffffffff', 'hex'))
  const garbage: [string, Uint8Array][] = [
    ['no id', b4a.from([0x00, 0x81])],
    ['an id that belongs nowhere', element(0x42ff, b4a.alloc(4))],
    ['a size without end', b4a.from([0xa3, 0x00])],
    ['beyond all size', b4a.from([0xa3, 0x01, 0xfe, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff])],
    ['a block of unknown size', b4a.from([0xa3, 0xff])],
    ['a block without a time', element(0xa3, b4a.from([0x81, 0]))],
    ['a group without a block', element(0xa0)],
    ['a child that overruns its group', element(0xa0, element(0xa1, start(0)).subarray(0, -1))],
    ['a time beyond all reason', b4a.concat([openElement(CLUSTER), eternity, block(0)])],
    ['a cluster without a time', b4a.concat([openElement(CLUSTER), block(0)])],
    [
      'a block that overruns its cluster',
      element(CLUSTER, element(0xe7, u16(0)), block(0).subarray(0, -1))
    ],
    ['tracks inside the cluster', closedClusterOf(element(0x1654ae6b))],
    ['a second segment', openElement(0x18538067)]
  ]
  for (const [what, bytes] of garbage) {
    const { error, fragments } = split(
      b4a.concat([head(), openCluster(0, frames(0, 300, 40)), bytes])
    )
    t.is(error?.code, 'MEDIA_DAMAGED', what)
    t.is(fragments.length, 2, what)
  }
})

test('EBML that is not WebM is refused', (t) => {
  const other = b4a.concat([element(0x1a45dfa3, element(0x4282, b4a.from('other')))])
  t.is(split(other).error?.code, 'MEDIA_UNSUPPORTED')
})

test('clusters before any header are damage', (t) => {
  const ebml = element(0x1a45dfa3, element(0x4282, b4a.from('webm')))
  const clip = b4a.concat([ebml, openElement(0x18538067), openCluster(0, [block(0)])])
  t.is(split(clip).error?.code, 'MEDIA_DAMAGED')
})

test('the init is all that comes before the first cluster', (t) => {
  const clip = fixture('clip-vp8-opus.webm')
  const { inits } = split(clip)
  const at = clip.findIndex((_, i) => b4a.toString(clip.subarray(i, i + 4), 'hex') === '1f43b675')
  t.is(inits[0]!.data.byteLength, at)
  t.is(inits[0]!.description.mime, 'video/webm; codecs="vp8,opus"')
  t.is(split(fixture('chromium.webm')).inits[0]!.description.mime, 'video/webm; codecs="vp9,opus"')
})

function head({ video = true, scale = [0x0f, 0x42, 0x40] } = {}): Uint8Array {
  const ebml = element(0x1a45dfa3, element(0x4282, b4a.from('webm')))
  const info = element(0x1549a966, element(0x2ad7b1, b4a.from(scale)))
  const picture = track(VIDEO, 1, 'V_VP8')
  const tracks = element(0x1654ae6b, ...(video ? [picture] : []), track(AUDIO, 2, 'A_OPUS'))
  return b4a.concat([ebml, openElement(0x18538067), info, tracks])
}

function track(id: number, type: number, codec: string): Uint8Array {
  const number = element(0xd7, b4a.from([id]))
  return element(0xae, number, element(0x83, b4a.from([type])), element(0x86, b4a.from(codec)))
}

function openCluster(ms: number, blocks: Uint8Array[]): Uint8Array {
  return b4a.concat([openElement(CLUSTER), element(0xe7, u16(ms)), ...blocks])
}

function closedCluster(ms: number, blocks: Uint8Array[]): Uint8Array {
  return element(CLUSTER, element(0xe7, u16(ms)), ...blocks)
}

function closedClusterOf(inner: Uint8Array): Uint8Array {
  return element(CLUSTER, element(0xe7, u16(0)), inner)
}

function frames(from: number, to: number, step: number, keyEvery = Infinity): Uint8Array[] {
  const count = Math.ceil((to - from) / step)
  const times = Array.from({ length: count }, (_, i) => from + i * step)
  return times.map((ms) => block(ms, VIDEO, ms === 0 || ms % keyEvery === 0))
}

function sound(ms: number): Uint8Array {
  return block(ms, AUDIO, true)
}

function block(ms: number, id = VIDEO, key = false): Uint8Array {
  return element(0xa3, start(ms, id, key))
}

function start(ms: number, id = VIDEO, key = false): Uint8Array {
  return b4a.concat([b4a.from([0x80 | id]), u16(ms), b4a.from([key ? 0x80 : 0]), b4a.alloc(4)])
}

function endOf(clip: Uint8Array): { leftoverBytes: number; truncated: boolean } {
  const { leftoverBytes, truncated } = split(clip).end!
  return { leftoverBytes, truncated }
}
