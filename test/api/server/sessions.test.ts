import test from 'brittle'
import { cookieIn, Sessions, setCookie } from '../../../core/api/server/sessions.ts'
import { createApp, createPage, sessionOf } from '../../helpers/api/app.ts'
import { eventually } from '../../helpers/eventually.ts'
import { ask } from '../../helpers/api/http.ts'
import { socketAt } from '../../helpers/api/socket.ts'

test('a launch token is good once', (t) => {
  const sessions = new Sessions(() => 0)
  const token = sessions.mint()
  const first = sessions.exchange(token) as { cookie: string; key: string }
  t.ok(sessions.admits(first.cookie, first.key))
  t.is(sessions.exchange(token), null)
})

test('a launch token that nobody used is too old after ten minutes', (t) => {
  let now = 0
  const sessions = new Sessions(() => now)
  const token = sessions.mint()
  now = 10 * 60_000
  t.is(sessions.exchange(token), null)
})

test('after ten wrong tokens the wrong ones wait for a minute, and the right one never', (t) => {
  let now = 0
  const sessions = new Sessions(() => now)
  const token = sessions.mint()
  for (let i = 0; i < 10; i++) t.is(sessions.exchange(`wrong ${i}`), null)
  t.is(sessions.exchange('wrong'), 'wait')
  t.ok((sessions.exchange(token) as { key: string }).key)
  now = 60_000
  t.is(sessions.exchange('wrong'), null)
})

test('neither the cookie alone nor the key alone opens anything, nor those of two sessions', (t) => {
  const sessions = new Sessions(() => 0)
  const open = () => sessions.exchange(sessions.mint()) as { cookie: string; key: string }
  const [a, b] = [open(), open()]
  t.absent(sessions.admits(a.cookie, undefined))
  t.absent(sessions.admits(null, a.key))
  t.absent(sessions.admits(a.cookie, b.key))
  t.absent(sessions.admits('', ''))
  t.ok(sessions.admits(b.cookie, b.key))
})

test('a ticket is good for its path, with its cookie', (t) => {
  const sessions = new Sessions(() => 0)
  const { cookie } = sessions.exchange(sessions.mint()) as { cookie: string }
  const ticket = sessions.ticket(cookie, '/media/a/file')
  t.ok(sessions.admitsTicket(cookie, '/media/a/file', ticket))
  t.absent(sessions.admitsTicket(cookie, '/media/b/file', ticket))
  t.absent(sessions.admitsTicket(null, '/media/a/file', ticket))
})

test('the cookie is named with the port, and no script and no other site sees it', (t) => {
  const header = setCookie('abc', 4711)
  t.is(header, 'temoin-4711=abc; HttpOnly; SameSite=Strict; Path=/')
  t.is(cookieIn('temoin-4712=no; temoin-4711=abc; x=y', 4711), 'abc')
  t.is(cookieIn('temoin-4712=no', 4711), null)
  t.is(cookieIn(undefined, 4711), null)
})

test('media is told to nobody without the cookie and the key', async (t) => {
  const app = await createApp(t)
  const { cookie, key } = await sessionOf(app)
  const path = `/media/${'y'.repeat(52)}/init`
  const asked = async (headers: Record<string, string>) =>
    (await ask(app.server.port, path, { headers })).status
  t.is(await asked({}), 401)
  t.is(await asked({ cookie }), 401)
  t.is(await asked({ 'x-temoin-key': key }), 401)
  t.is(await asked({ cookie, 'x-temoin-key': key }), 404, 'there is no such recording')
})

test('a socket that does not show its key is told nothing, and closed', async (t) => {
  const app = await createApp(t, { helloMs: 200 })
  const { cookie } = await sessionOf(app)
  for (const said of [null, '{"type":"hello","key":"wrong"}', '{"type":"ping","id":1}', 'x']) {
    const socket = socketAt(app.server.port, '/api', cookie)
    const heard: unknown[] = []
    socket.onmessage = ({ data }) => heard.push(data)
    socket.onopen = () => said !== null && socket.send(said)
    const code = await new Promise((resolve) => (socket.onclose = (event) => resolve(event.code)))
    t.alike([code, heard], [4401, []], String(said))
  }
})

test('a socket whose cookie is not ours is not waited for, and takes nobody’s place', async (t) => {
  const app = await createApp(t, { helloMs: 3_600_000 })
  const { port } = app.server
  const cookie = `temoin-${port}=${'0'.repeat(64)}`
  const codes: number[] = []
  for (let i = 0; i < 30; i++) {
    const socket = socketAt(port, '/api', cookie)
    socket.onclose = ({ code }) => codes.push(code)
  }
  await eventually(() => codes.length === 30)
  t.ok(codes.every((code) => code === 4401))
  const page = await createPage(t, app)
  t.is(page.connection, 'open')
})

test('a ticket lets a player ask without the key', async (t) => {
  const app = await createApp(t)
  const session = await sessionOf(app)
  const page = await createPage(t, app, { session })
  const wanted = `/media/${'y'.repeat(52)}/file?at=3`
  const { path } = await page.call('media.ticket', { path: wanted })
  const { cookie } = session
  t.is((await ask(app.server.port, path, { headers: { cookie } })).status, 404)
  t.is((await ask(app.server.port, path)).status, 401)
})

test('a token that is too long, or none, or not even JSON, is no token', async (t) => {
  const app = await createApp(t)
  const { port } = app.server
  const origin = `http://127.0.0.1:${port}`
  const headers = { origin, 'content-type': 'application/json' }
  const asked = async (body: string) =>
    (await ask(port, '/session', { method: 'POST', headers, body })).status
  t.is(await asked('{}'), 401)
  t.is(await asked('not json'), 401)
  t.is(await asked(`{"token":"${'x'.repeat(70_000)}"}`), 413)
})
