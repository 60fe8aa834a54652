import b4a from 'b4a'
import test, { configure } from 'brittle'
import { fs, path } from '../../../../core/runtime/fs.ts'
import { run } from '../../../helpers/cli/cli.ts'
import { filmed } from '../../../helpers/cli/film.ts'

// many processes, each of which takes its time on a machine that is busy
configure({ timeout: 300_000 })

test('a package is verified; with one bit changed it is not, and the exit code is 4', async (t) => {
  const { dir, author, holder, recording, length } = await filmed(t)
  const out = path.join(dir, 'package')
  const exported = await run(t, ['export', recording, out], holder)
  t.is(exported.code, 0, exported.err)
  t.alike([exported.last!.dir, exported.last!.recording], [out, recording])
  const media = exported.last!.files.find((name: string) => name.startsWith('media/'))
  const again = await run(t, ['export', recording, out], holder)
  t.alike([again.code, again.last!.code], [2, 'BAD_INPUT'], 'never over something')

  const sound = await run(t, ['verify', out])
  t.is(sound.code, 0, sound.err)
  const { event, ok, author: by, sealed, receipts, length: blocks } = sound.last!
  t.alike([event, ok, by, sealed, blocks], ['verdict', true, author.device, true, length])
  t.ok(receipts.some(({ device }: any) => device === holder.device))
  t.ok(/^VERIFIED: these 6.0 s/m.test(sound.err), sound.err)

  const file = path.join(out, ...media.split('/'))
  const bytes = b4a.from(fs.readFileSync(file) as any)
  bytes[5000]! ^= 1
  fs.writeFileSync(file, bytes as any)
  const broken = await run(t, ['verify', out])
  t.is(broken.code, 4)
  t.is(broken.last!.ok, false)
  t.ok(broken.last!.reasons.some(({ code }: any) => code === 'MEDIA_DIFFERS'))
  t.ok(/^NOT VERIFIED/m.test(broken.err), broken.err)
})

test('a folder that is no package is not verified, and one that is not there is bad input', async (t) => {
  const dir = await t.tmp()
  const empty = await run(t, ['verify', dir])
  t.is(empty.code, 4)
  t.ok(empty.last!.reasons.some(({ code }: any) => code === 'NOT_A_PACKAGE'))
  const missing = await run(t, ['verify', path.join(dir, 'nope')])
  t.alike([missing.code, missing.last!.code], [2, 'BAD_INPUT'])
})

test('a recording is named by the first letters of its key, six at least', async (t) => {
  const { holder, recording } = await filmed(t)
  const short = await run(t, ['check', recording.slice(0, 5)], holder)
  t.alike([short.code, short.last!.code], [2, 'BAD_INPUT'])
  const unknown = await run(t, ['check', 'yyyyyyyy'], holder)
  t.alike([unknown.code, unknown.last!.code], [2, 'RECORDING_UNKNOWN'])
  const found = await run(t, ['check', recording.slice(0, 6)], holder)
  t.is(found.code, 0, found.err)
  t.is(found.events[0]!.recording, recording)
})
