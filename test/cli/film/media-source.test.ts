import b4a from 'b4a'
import test from 'brittle'
import { ByteStream } from '../../../cli/film/byte-stream.ts'
import { MediaSource } from '../../../cli/film/media-source.ts'
import { TemoinError } from '../../../core/errors.ts'
import { fixturePath } from '../../helpers/films/clip.ts'
import { fs, path } from '../../../core/runtime/fs.ts'

const CLIP = fixturePath('clip-h264-opus.mp4')

async function readAll(source: MediaSource): Promise<Uint8Array[]> {
  const pieces: Uint8Array[] = []
  for (let item = await source.next(); item !== null; item = await source.next()) {
    pieces.push(item.kind === 'init' ? item.data : item.fragment.data)
  }
  return pieces
}

test('a source gives out every byte of its file, in order', async (t) => {
  const source = new MediaSource(ByteStream.file(CLIP))
  await source.begin()
  t.ok(b4a.equals(b4a.concat(await readAll(source)), fs.readFileSync(CLIP) as any))
  t.is(source.ending, 'input-ended')
})

test('a source whose file stops in the middle ends there, and says that it is damaged', async (t) => {
  const file = path.join(await t.tmp(), 'cut.mp4')
  fs.writeFileSync(file, (fs.readFileSync(CLIP) as any).subarray(0, 100_000))
  const source = new MediaSource(ByteStream.file(file))
  await source.begin()
  t.ok((await readAll(source)).length > 2)
  t.is(source.ending, 'input-damaged')
  t.ok(source.damage)
})

test('a source that cannot be recorded says so before anything else', async (t) => {
  const source = new MediaSource(ByteStream.file(path.join(await t.tmp(), 'nope.mp4')))
  const err = await source.begin().catch((err: unknown) => err)
  t.ok(TemoinError.is(err, 'BAD_INPUT'))
})

test('a source that is closed while it is waited for ends', async (t) => {
  const file = path.join(await t.tmp(), 'cut.mp4')
  fs.writeFileSync(file, fs.readFileSync(CLIP) as any)
  const source = new MediaSource(ByteStream.file(file))
  await source.begin()
  source.close()
  await readAll(source)
  t.pass()
})
