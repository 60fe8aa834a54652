import b4a from 'b4a'
import test from 'brittle'
import { fs, path } from '../../core/runtime/fs.ts'
import { MAX_INIT_BYTES } from '../../core/limits.ts'
import { MediaSplitter } from '../../core/media/splitter.ts'
import type { MediaItem } from '../../core/media/types.ts'
import { fixture, type FixtureName } from '../helpers/films/clip.ts'
import { decodeVideo } from '../helpers/films/decode.ts'
import { bytesOf, split } from '../helpers/films/media.ts'
import { seeded } from '../helpers/random.ts'

const CLIPS: FixtureName[] = [
  'clip-h264-opus.mp4',
  'clip-vp8-opus.webm',
  'chromium.mp4',
  'chromium.webm'
]

for (const name of CLIPS) {
  test(`${name}: init and fragments put together are the input, however it arrives`, (t) => {
    const clip = fixture(name)
    const whole = split(clip)
    t.is(whole.error, null)
    t.ok(b4a.equals(bytesOf(whole.items), clip), 'at once')
    t.alike(outline(split(clip, { pieceBytes: () => 1 }).items), outline(whole.items), 'by bytes')
    for (let seed = 1; seed <= 20; seed++) {
      const random = seeded(seed)
      const parts = split(clip, { pieceBytes: () => random.int(1 + random.int(40_000)) })
      t.ok(b4a.equals(bytesOf(parts.items), clip), `seed ${seed}`)
      t.alike(outline(parts.items), outline(whole.items), `seed ${seed}: same cuts`)
    }
  })

  test(`${name}: an input cut off at any byte gives its whole items and says what is left`, (t) => {
    const clip = fixture(name)
    const random = seeded(7)
    const initBytes = split(clip).inits[0]!.data.byteLength
    for (let i = 0; i < 40; i++) {
      const length = initBytes + 64 + random.int(clip.byteLength - initBytes - 64)
      const { items, end, error } = split(clip.subarray(0, length))
      t.is(error, null)
      const out = bytesOf(items)
      t.ok(b4a.equals(out, clip.subarray(0, out.byteLength)), 'what came out is a prefix')
      t.is(out.byteLength + end!.leftoverBytes, length, 'every byte is accounted for')
    }
  })

  test(`${name}: what is whole so far decodes, and so does the rest from any key fragment`, async (t) => {
    const { inits, fragments } = split(fixture(name))
    const dir = await t.tmp()
    const frames = async (from: number, to: number) => {
      const file = path.join(dir, `${from}-${to}-${name}`)
      const data = fragments.slice(from, to).map((fragment) => fragment.data)
      fs.writeFileSync(file, b4a.concat([inits[0]!.data, ...data]))
      return await decodeVideo(file)
    }
    const all = await frames(0, fragments.length)
    if (!all) return t.comment('no ffmpeg here: not decoded')
    t.ok(all.ok, all.complaints)
    const keys = fragments.map((_, i) => i).filter((i) => fragments[i]!.key)
    const last = keys.at(-1)!
    const before = await frames(0, last)
    const after = await frames(last, fragments.length)
    t.ok(last > 0 && before!.ok && after!.ok, `${before!.complaints} ${after!.complaints}`)
    t.is(before!.frames + after!.frames, all.frames, 'no picture is lost at the cut')
  })
}

test('a fragment of about 250 ms is handed on with its last byte', (t) => {
  const clip = fixture('clip-h264-opus.mp4')
  const splitter = new MediaSplitter()
  const first = split(clip)
  const [init, fragment] = first.items.slice(0, 2).map((item) => bytesOf([item]).byteLength)
  const upTo = init! + fragment!
  t.is(splitter.push(clip.subarray(0, upTo - 1)).length, 1, 'only the init')
  t.is(splitter.push(clip.subarray(upTo - 1, upTo)).length, 1, 'the fragment')
})

test('flush hands on what is whole without waiting for more of it', (t) => {
  const clip = fixture('clip-vp8-opus.webm')
  const splitter = new MediaSplitter()
  const before = splitter.push(clip.subarray(0, 9_500))
  const flushed = splitter.flush()
  t.alike(
    before.map((item) => item.kind),
    ['init']
  )
  t.is(flushed.length, 1)
  t.alike(splitter.flush(), [], 'nothing twice')
  const rest = [...splitter.push(clip.subarray(9_500)), ...splitter.end().items]
  t.ok(b4a.equals(bytesOf([...before, ...flushed, ...rest]), clip))
})

test('with fragmentMs 0 nothing is gathered', (t) => {
  const { fragments, items } = split(fixture('clip-vp8-opus.webm'), { fragmentMs: 0 })
  t.is(fragments.length, 144 + 300, 'a fragment for each block')
  t.ok(b4a.equals(bytesOf(items), fixture('clip-vp8-opus.webm')))
})

test('times never run backwards and cover the clip', (t) => {
  for (const name of CLIPS) {
    const { fragments } = split(fixture(name))
    const ordered = fragments.every((it, i) => i === 0 || it.ptsUs >= fragments[i - 1]!.ptsUs)
    t.ok(ordered, name)
    const last = fragments.at(-1)!
    const seconds = (last.ptsUs + last.durationUs) / 1e6
    const expected = name.startsWith('clip') ? 6 : 4
    t.ok(Math.abs(seconds - expected) < 0.1, `${name}: ${seconds} s`)
    t.ok(fragments[0]!.key, 'one can start at the start')
  }
})

test('after damage, what was whole comes first and the error with the next call', (t) => {
  for (const name of ['clip-h264-opus.mp4', 'clip-vp8-opus.webm'] as const) {
    const clip = b4a.from(fixture(name))
    const at = split(clip)
      .items.slice(0, 5)
      .reduce((bytes, item) => bytes + bytesOf([item]).byteLength, 0)
    clip.fill(0, at, at + 64)
    const splitter = new MediaSplitter()
    const items = splitter.push(clip)
    t.is(items.length, 5, `${name}: the init and four fragments`)
    t.is(splitter.failure?.code, 'MEDIA_DAMAGED', 'known at once')
    t.ok(splitter.failure!.message.includes(`at byte ${at}:`), splitter.failure!.message)
    const again = [() => splitter.push(clip), () => splitter.flush(), () => splitter.end()]
    for (const call of again) t.is(errorOf(call), splitter.failure, 'thrown by every call after')
  }
})

test('after the end, feeding is refused', (t) => {
  const splitter = new MediaSplitter()
  splitter.push(fixture('clip-h264-opus.mp4'))
  splitter.end()
  t.is((errorOf(() => splitter.push(b4a.from('x'))) as any).code, 'BAD_STATE')
})

test('anything but fragmented MP4 or WebM is refused with the line that converts it', (t) => {
  const inputs: [string, Uint8Array][] = [
    ['AVI', b4a.from('RIFF\x10\x00\x00\x00AVI LIST')],
    ['MPEG-TS', b4a.alloc(376, 0x47)],
    ['JPEG', b4a.from('ffd8ffe000104a46494600010100', 'hex')],
    ['text', b4a.from('Dear Sir or Madam, I filmed it')],
    ['a word by chance', b4a.from('\0\0\0\x04ftypes of people')],
    ['two bytes', b4a.from('ab')],
    ['nothing', b4a.alloc(0)]
  ]
  for (const [what, bytes] of inputs) {
    const { error, items } = split(bytes)
    t.is(error?.code, 'MEDIA_UNSUPPORTED', what)
    t.ok(/WebM.*ffmpeg -i .*-frag_duration/.test(error!.message), error!.message)
    t.is(items.length, 0)
  }
})

test('a plain MP4 is refused as soon as its kind shows, with the line that makes it streamable', (t) => {
  const plain = fixture('plain.mp4')
  const { error } = split(plain.subarray(0, 64))
  t.is(error?.code, 'MEDIA_UNSUPPORTED', 'sound and picture come before the header')
  t.ok(error!.message.includes('ffmpeg -i in.mp4 -c copy -movflags +frag_keyframe+empty_moov'))
  const moov = plain.subarray(plain.byteLength - moovBytes(plain))
  const faststart = b4a.concat([plain.subarray(0, 32), moov])
  t.is(
    split(faststart).error?.message,
    error!.message,
    'the header comes first, but describes it all'
  )
})

test('a header of megabytes is refused before it is read', (t) => {
  const moov = b4a.from('0040000000000000', 'hex')
  moov.set(b4a.from('moov'), 4)
  const start = b4a.concat([fixture('clip-h264-opus.mp4').subarray(0, 28), moov])
  t.is(split(start).error?.code, 'MEDIA_UNSUPPORTED')
  t.ok(split(start).error!.message.includes('-c copy'), 'it is a plain file')
})

test('a header larger than a recording can carry is refused as that, the first and any later one', (t) => {
  const clip = fixture('clip-h264-opus.mp4')
  const free = b4a.alloc(MAX_INIT_BYTES)
  free.set([0, 4, 0, 0, ...b4a.from('free')])
  const large = b4a.concat([clip.subarray(0, 28), free, clip.subarray(28)])
  for (const [input, before] of [
    [large, 0],
    [b4a.concat([clip, large]), clip.byteLength]
  ] as const) {
    const { error, items } = split(input)
    t.is(error?.code, 'MEDIA_UNSUPPORTED')
    t.ok(error!.message.includes('larger than a recording can carry'), error!.message)
    t.is(bytesOf(items).byteLength, before)
  }
})

test('the bytes decide what it is; what the source says only fills in', (t) => {
  const mp4 = fixture('clip-h264-opus.mp4')
  const { description } = split(mp4, { mime: 'video/webm; codecs=vp8' }).inits[0]!
  t.alike(description, { container: 'mp4', mime: 'video/mp4; codecs="avc1.42c00d,opus"' })
})

test('memory stays bounded whatever a box claims', (t) => {
  const clip = fixture('clip-h264-opus.mp4')
  const { inits } = split(clip)
  const initBytes = inits[0]!.data.byteLength
  const huge = b4a.concat([clip.subarray(0, initBytes), b4a.from('7fffffff6d6f6f66', 'hex')])
  t.is(split(huge).error?.code, 'MEDIA_DAMAGED', 'refused on its claim, not on its bytes')
  const small = split(clip, { maxFragmentBytes: 8_000 })
  t.is(small.error?.code, 'MEDIA_DAMAGED', 'fragments of 10 kB where 8 are allowed')
  t.ok(b4a.equals(bytesOf(small.items), clip.subarray(0, bytesOf(small.items).byteLength)))
})

test('two recordings end to end give two inits', (t) => {
  for (const name of ['clip-h264-opus.mp4', 'chromium.webm'] as const) {
    const clip = fixture(name)
    const twice = split(b4a.concat([clip, clip]))
    t.is(twice.error, null)
    t.is(twice.inits.length, 2, name)
    t.alike(outline(twice.items), [...outline(split(clip).items), ...outline(split(clip).items)])
    t.ok(b4a.equals(bytesOf(twice.items), b4a.concat([clip, clip])))
  }
})

// Enough to see that two splits are the same.
function outline(items: MediaItem[]): unknown[] {
  return items.map((item) => {
    if (item.kind === 'init') return [item.description.mime, item.data.byteLength]
    const { data, ptsUs, durationUs, key } = item.fragment
    return [data.byteLength, ptsUs, durationUs, key]
  })
}

function moovBytes(plain: Uint8Array): number {
  for (let offset = 0; ;) {
    const size = new DataView(plain.buffer, plain.byteOffset + offset).getUint32(0)
    if (b4a.toString(plain.subarray(offset + 4, offset + 8)) === 'moov') return size
    offset += size
  }
}

function errorOf(fn: () => unknown): unknown {
  try {
    fn()
    return null
  } catch (err) {
    return err
  }
}
