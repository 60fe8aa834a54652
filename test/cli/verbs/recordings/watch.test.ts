import b4a from 'b4a'
import test, { configure } from 'brittle'
import { fs, path } from '../../../../core/runtime/fs.ts'
import { run, temoin } from '../../../helpers/cli/cli.ts'
import { createCliCircle } from '../../../helpers/cli/circle.ts'
import { CLIP, filmed } from '../../../helpers/cli/film.ts'
import { fixture } from '../../../helpers/films/clip.ts'

// many processes, each of which takes its time on a machine that is busy
configure({ timeout: 300_000 })

test('watch writes the film as it was captured, or from the key frame before a moment on', async (t) => {
  const { holder, recording } = await filmed(t)
  const clip = fixture('clip-h264-opus.mp4')
  const whole = temoin(t, ['watch', recording], holder)
  t.is((await whole.ended).code, 0, whole.err)
  t.ok(b4a.equals(whole.bytes, clip), 'byte for byte')
  const late = temoin(t, ['watch', recording.slice(0, 8), '--from', '3.4'], holder)
  t.is((await late.ended).code, 0, late.err)
  const init = clip.subarray(0, (clip as any).indexOf('moof') - 4)
  t.ok(b4a.equals(late.bytes.subarray(0, init.byteLength), init), 'with the init segment')
  const rest = late.bytes.subarray(init.byteLength)
  t.ok(b4a.equals(rest, clip.subarray(clip.byteLength - rest.byteLength)), 'and the end of it')
  t.ok(rest.byteLength > clip.byteLength / 3 && rest.byteLength < (clip.byteLength * 2) / 3)
})

test('a reader that goes away ends watch without a complaint', async (t) => {
  const { holder, recording } = await filmed(t)
  const watching = temoin(t, ['watch', recording], holder)
  await watching.firstOutput()
  watching.stopReading()
  const { code } = await watching.ended
  t.is(code, 0)
  t.absent(/EPIPE|error/i.test(watching.err), watching.err)
})

test('the author cannot watch or export what it filmed, and is told why', async (t) => {
  const { dir, author, recording } = await filmed(t)
  const watching = await run(t, ['watch', recording], author)
  t.is(watching.code, 1)
  t.is(watching.out, '')
  t.is(JSON.parse(watching.err.trim().split('\n').at(-1)!).code, 'NOT_READABLE')
  const exporting = await run(t, ['export', recording, path.join(dir, 'out')], author)
  t.alike([exporting.code, exporting.last!.code], [1, 'NOT_READABLE'])
  t.absent(fs.existsSync(path.join(dir, 'out')))
})

test('an author that keeps it readable can watch it', async (t) => {
  const { devices } = await createCliCircle(t, ['contact'])
  const [author] = devices
  const words = ['record', CLIP, '--pace', 'fast', '--keep-readable', '--wait', '0']
  const { last } = await run(t, words, author)
  const watching = temoin(t, ['watch', last!.recording], author!)
  t.is((await watching.ended).code, 0, watching.err)
  t.ok(b4a.equals(watching.bytes, fixture('clip-h264-opus.mp4')))
})
