// Somebody films before there is anybody else, and invites afterwards: with processes, from the first frame
// to the package of the guest.

import test from 'brittle'
import { path } from '../../core/runtime/fs.ts'
import { createCliCircle, createCliDevice, joinCliCircle } from '../helpers/cli/circle.ts'
import { run, temoin } from '../helpers/cli/cli.ts'
import { decodeVideo } from '../helpers/films/decode.ts'
import { CLIP } from '../helpers/cli/film.ts'

test('who is invited after a film was made alone exports it, and it verifies', async (t) => {
  const { dir, devices } = await createCliCircle(t, [])
  const author = devices[0]!
  const shot = await run(t, ['record', CLIP, '--pace', 'fast'], author)
  if (shot.code !== 0) throw new Error(shot.err)
  const { recording } = shot.last!
  const guest = await createCliDevice(t, dir, 'guest')
  await joinCliCircle(t, author, guest, 'contact')
  temoin(t, ['hold'], author)
  const out = path.join(dir, 'package')
  const holding = temoin(t, ['hold'], guest)
  await holding.waitFor('sealed', ({ seconds }) => seconds !== null)
  await holding.kill('SIGINT')
  const exported = await run(t, ['export', recording, out], guest)
  t.is(exported.code, 0, exported.err)
  const media = path.join(out, 'media', 'part-1.mp4')
  const decoded = await decodeVideo(media)
  if (decoded === null) t.comment('there is no ffmpeg here: not decoded')
  else t.ok(decoded.ok, decoded.complaints)
  const checked = await run(t, ['verify', out], guest)
  t.is(checked.code, 0, checked.err)
})
