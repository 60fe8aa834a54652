// A browser's recorder gives bytes cut anywhere, and the engine is killed with a part of them in its memory.

import b4a from 'b4a'
import test from 'brittle'
import { fs, path } from '../../core/runtime/fs.ts'
import { sessionAt } from '../helpers/api/app.ts'
import { startFilm, WHOLE } from '../helpers/api/filmed.ts'
import { Page } from '../helpers/api/page.ts'
import { run, temoin } from '../helpers/cli/cli.ts'
import { eventually } from '../helpers/eventually.ts'

const PIECE_BYTES = 1000
/** In the middle of a fragment, with a few whole ones before it. */
const SENT_BYTES = Math.floor(WHOLE.byteLength / 2)

test('what the engine has answered for of a recorder’s bytes is in the film when it is killed', async (t) => {
  const dir = await t.tmp()
  const storage = path.join(dir, 'device')
  const app = temoin(t, ['app', '--no-open'], { storage })
  const { url } = await app.waitFor('app')
  const port = Number(/:(\d+)\//.exec(url)![1])
  const page = new Page(port, await sessionAt(port, url))
  t.teardown(() => page.close())
  await eventually(() => page.state !== null)
  const { filming, link } = await startFilm(page)
  t.teardown(() => link.close())
  let answered = 0
  link.onDurable = (seq) => (answered = seq)
  for (let at = 0; at < SENT_BYTES; at += PIECE_BYTES)
    link.send({ kind: 'bytes' }, WHOLE.subarray(at, Math.min(SENT_BYTES, at + PIECE_BYTES)))
  await eventually(() => page.state!.filming[filming]!.ownSeconds > 2 && answered > 0)
  await app.kill()

  const { recording } = page.state!.filming[filming]!
  const out = path.join(dir, 'package')
  const exported = await run(t, ['export', recording!, out], { storage })
  t.is(exported.code, 0, exported.err)
  const media = fs.readFileSync(path.join(out, 'media', 'part-1.mp4')) as Uint8Array
  const start = WHOLE.subarray(0, media.byteLength)
  t.ok(b4a.equals(media, start), 'what was given, from its first byte on')
  const answeredBytes = Math.min(SENT_BYTES, answered * PIECE_BYTES)
  t.ok(media.byteLength >= answeredBytes, `${answeredBytes} answered, ${media.byteLength} there`)
  t.ok(answered * PIECE_BYTES < SENT_BYTES, 'and something was in its memory alone')
})
