import b4a from 'b4a'
import test from 'brittle'
import { fs, path } from '../../../core/runtime/fs.ts'
import { CLIP_FRAMES_PER_SECOND, clipPieces, longClip } from './clip.ts'
import { decodeVideo } from './decode.ts'
import { bytesOf, split } from './media.ts'
import { seeded } from '../random.ts'

test('a long clip is one film of that length, at that rate', async (t) => {
  const clip = longClip({ seconds: 20, bitsPerSecond: 2_500_000 })
  const { fragments, error } = split(clip)
  t.is(error, null)
  t.is(fragments.length, 80)
  t.ok(
    fragments.every((it, i) => Math.abs(it.ptsUs - i * 250_000) < 10_000),
    'one clock'
  )
  t.alike([...new Set(fragments.map(({ data }) => data.byteLength))], [78_125])
  const file = path.join(await t.tmp(), 'long.mp4')
  fs.writeFileSync(file, clip)
  const decoded = await decodeVideo(file)
  if (!decoded) return t.comment('no ffmpeg here: not decoded')
  t.ok(decoded.ok, decoded.complaints)
  t.is(decoded.frames, 20 * CLIP_FRAMES_PER_SECOND)
})

test('the pieces of a clip are its init and its fragments', (t) => {
  const pieces = [...clipPieces({ seconds: 7 })]
  const { items } = split(b4a.concat(pieces))
  t.is(items.length, pieces.length)
  t.ok(items.every((item, i) => b4a.equals(bytesOf([item]), pieces[i]!)))
})

test('the same seed gives the same chance', (t) => {
  const draw = (seed: number) => {
    const random = seeded(seed)
    return [random.next(), random.int(1000), random.pick('abcdef'), ...random.bytes(7)]
  }
  t.alike(draw(5), draw(5))
  t.unlike(draw(5), draw(6))
  t.ok(Array.from({ length: 100 }, (_, i) => seeded(i).next()).every((it) => it >= 0 && it < 1))
})
