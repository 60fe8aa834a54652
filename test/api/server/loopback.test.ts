import test from 'brittle'
import { localAddresses } from '../../../core/runtime/net.ts'
import { createApp, createPage, sessionOf } from '../../helpers/api/app.ts'
import { FRAGMENTS, sendClip, startFilm, stopFilm } from '../../helpers/api/filmed.ts'
import { answersAt, ask, useToken } from '../../helpers/api/http.ts'
import { eventually } from '../../helpers/eventually.ts'

test('the app is served on 127.0.0.1 and on no other address of this machine', async (t) => {
  const { server } = await createApp(t)
  t.ok(await answersAt('127.0.0.1', server.port))
  for (const address of ['::1', '127.0.0.2', ...localAddresses()]) {
    t.absent(await answersAt(address, server.port), address)
  }
})

test('asking by GET changes nothing, whatever is asked', async (t) => {
  const app = await createApp(t)
  const token = app.server.newUrl().split('#token=')[1]!
  const { port } = app.server
  for (const path of ['/session', `/session?token=${token}`, `/?token=${token}`, `/${token}`]) {
    const { headers } = await ask(port, path)
    t.is(headers['set-cookie'], undefined, path)
  }
  t.is((await useToken(port, token)).status, 200, 'the token is as good as before')
})

test('every launch has a token of its own, of 256 bits, behind the #', async (t) => {
  const { server } = await createApp(t)
  const urls = new Set(Array.from({ length: 8 }, () => server.newUrl()))
  t.is(urls.size, 8)
  for (const url of urls) t.ok(/^http:\/\/127\.0\.0\.1:\d+\/#token=[0-9a-f]{64}$/.test(url))
})

test('names are told without what could fool a reader', async (t) => {
  const app = await createApp(t, { name: 'An\u202ea\u0007\u2066' })
  const page = await createPage(t, app)
  t.is(page.state!.device.name, 'Ana')
  const { circle } = await page.call('circle.create', { name: 'our\u202e street\u200f' })
  await eventually(() => page.state!.circles[circle])
  t.is(page.state!.circles[circle]!.name, 'our street')
  t.is(page.state!.circles[circle]!.members[0]!.name, 'Ana')
})

test('media has a type of its own, and can do nothing where it is opened by itself', async (t) => {
  const app = await createApp(t)
  const session = await sessionOf(app)
  const page = await createPage(t, app, { session })
  const film = await startFilm(page, { keepReadable: true })
  sendClip(film.link, FRAGMENTS.slice(0, 8))
  await stopFilm(page, film)
  const recording = page.state!.filming[film.filming]!.recording!
  const headers = { cookie: session.cookie, 'x-temoin-key': session.key }
  for (const [what, type] of [
    ['init', 'video/mp4'],
    ['still?at=0', 'video/mp4'],
    ['file', 'video/mp4'],
    ['file?type=text/html', 'video/mp4'],
    ['stream', 'application/x-temoin-frames']
  ] as const) {
    const answer = await ask(app.server.port, `/media/${recording}/${what}`, { headers })
    t.is(String(answer.headers['content-type']).split(';')[0], type, what)
    t.ok(String(answer.headers['content-security-policy']).includes('sandbox'), what)
    t.is(answer.headers['x-content-type-options'], 'nosniff')
  }
})
