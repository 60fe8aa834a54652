// A package as one file over HTTP: whole, as long as was said, told as it goes, and given up when its reader goes.

import b4a from 'b4a'
import test from 'brittle'
import type { Assert } from 'brittle'
import { createApp, createPage, sessionOf } from '../helpers/api/app.ts'
import { durable, sendClip, startFilm, stopFilm } from '../helpers/api/filmed.ts'
import { openAnswer } from '../helpers/api/http.ts'
import { eventually } from '../helpers/eventually.ts'

test('a package is handed over as one zip, as long as its header says', async (t) => {
  const { app, page, session, id } = await exported(t)
  const { path } = await page.call('media.ticket', { path: `/export/${id}.zip` })
  const headers = { cookie: session.cookie }
  const answer = await openAnswer(app.server.port, path, { headers })
  t.is(answer.status, 200)
  t.is(answer.headers['content-type'], 'application/zip')
  t.ok(/^attachment; filename="[\w-]+\.zip"$/.test(String(answer.headers['content-disposition'])))
  const pieces: Uint8Array[] = []
  for await (const piece of answer.pieces) pieces.push(b4a.from(piece))
  const zip = b4a.concat(pieces)
  t.is(String(zip.byteLength), answer.headers['content-length'])
  const names = b4a.toString(zip.subarray(-4000) as any, 'latin1')
  t.ok(names.includes('/SHA256SUMS') && names.includes('/media/part-1.mp4'), 'all of it is listed')
  await eventually(() => page.state!.exports[id]!.handedOver === null)
})

test('there is no zip of what is no package, and none without its key', async (t) => {
  const { app, page, session, id } = await exported(t)
  const status = async (path: string): Promise<number> => {
    const answer = await openAnswer(app.server.port, path, { headers: { cookie: session.cookie } })
    answer.cut()
    return answer.status
  }
  t.is(await status(`/export/${id}.zip`), 401, 'without a ticket')
  const other = await page.call('media.ticket', { path: `/export/${id}/README.txt` })
  t.is(await status(other.path.replace('/README.txt', '.zip')), 401, 'with that of another file')
  const none = await page.call('media.ticket', { path: '/export/99.zip' })
  t.is(await status(none.path), 404)
})

test('a package is not deleted while it is handed over, and can be once its reader has gone', async (t) => {
  const { app, page, id } = await exported(t)
  const { pieces } = app.host.current.exports.zip(id)!
  await pieces.next()
  await eventually(() => page.state!.exports[id]!.handedOver !== null)
  await t.exception(page.call('export.discard', { export: id }), /Another export is running/)
  await pieces.return(undefined)
  await eventually(() => page.state!.exports[id]!.handedOver === null)
  await page.call('export.discard', { export: id })
  await eventually(() => page.state!.exports[id] === undefined)
  t.pass('deleted')
})

test('a package that two take at once is not deleted before the last of them has gone', async (t) => {
  const { app, page, id } = await exported(t)
  const taken = [0, 1].map(() => app.host.current.exports.zip(id)!.pieces)
  for (const pieces of taken) await pieces.next()
  for await (const _ of taken[0]!) continue
  t.is(app.host.current.exports.get(id)!.handedOver, 0, 'the other has hardly begun')
  await t.exception(page.call('export.discard', { export: id }), /Another export is running/)
  let bytes = 0
  for await (const { byteLength } of taken[1]!) bytes += byteLength
  t.ok(bytes > 0, 'and gets all of it')
  await eventually(() => page.state!.exports[id]!.handedOver === null)
  await page.call('export.discard', { export: id })
})

async function exported(t: Assert) {
  const app = await createApp(t)
  const session = await sessionOf(app)
  const page = await createPage(t, app, { session })
  const film = await startFilm(page)
  sendClip(film.link)
  await durable(film.link)
  await stopFilm(page, film)
  const recording = (await eventually(() => page.state!.filming[film.filming]?.recording ?? null))!
  const { export: id } = await page.call('export.start', { recording })
  await eventually(() => page.state!.exports[id]?.phase === 'done')
  return { app, page, session, id }
}
