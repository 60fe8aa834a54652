import b4a from 'b4a'
import test from 'brittle'
import type { Assert } from 'brittle'
import { fs, path } from '../../../core/runtime/fs.ts'
import { proofOf } from '../../../core/api/server/reunion.ts'
import { createApp, createPage, sessionOf } from '../../helpers/api/app.ts'
import type { App } from '../../helpers/api/app.ts'
import type { Session } from '../../helpers/api/page.ts'
import { speak } from '../../helpers/api/socket.ts'
import type { Spoken } from '../../helpers/api/socket.ts'
import { eventually } from '../../helpers/eventually.ts'

const NONCE = 'ab'.repeat(32)

/** The engine gone as by SIGKILL: what it had written stays, nothing is tidied up. */
async function kill({ server, host, dir }: App): Promise<void> {
  const file = path.join(dir, 'app-sessions')
  const left = await fs.promises.readFile(file)
  await server.close()
  await host.close()
  await fs.promises.writeFile(file, left, { mode: 0o600 })
}

/** A socket as the page opens it, and all it has heard. */
function socketOf({ server }: App, cookie: string, first: object): Promise<Spoken> {
  return speak(server.port, '/api', cookie, first)
}

/** The code that such a socket is closed with. */
async function refusalOf(app: App, cookie: string, first: object): Promise<number> {
  return (await socketOf(app, cookie, first)).closed
}

/** What a page of this session has in its memory. */
async function secretOf(t: Assert, app: App, { cookie, key }: Session): Promise<Uint8Array> {
  const { socket, heard } = await socketOf(app, cookie, { type: 'hello', key })
  t.is(heard[0].type, 'session')
  await eventually(() => heard.some(({ type }) => type === 'state'))
  socket.close()
  return b4a.from(heard[0].secret, 'hex')
}

/** A page meets the engine again. */
async function reunite(app: App, cookie: string, secret: Uint8Array) {
  const { heard, say, closed } = await socketOf(app, cookie, { type: 'resume', nonce: NONCE })
  const [{ nonce, proof }] = heard
  const numbers = { port: app.server.port, page: NONCE, engine: nonce }
  say({ type: 'proof', proof: proofOf(secret, 'page', numbers) })
  const isEngine = proof === proofOf(secret, 'engine', numbers)
  return { isEngine, code: await closed, key: proofOf(secret, 'key', numbers) }
}

test('a page goes on with an engine that was killed and started again', async (t) => {
  const first = await createApp(t)
  const session = await sessionOf(first)
  const secret = await secretOf(t, first, session)
  const { port } = first.server
  await kill(first)

  const second = await createApp(t, { dir: first.dir })
  t.is(second.server.port, port, 'at the same port')
  const { cookie } = session
  t.is(await refusalOf(second, cookie, { type: 'hello', key: session.key }), 4401)
  const { isEngine, code, key } = await reunite(second, cookie, secret)
  t.ok(isEngine, 'it shows that it is the same device')
  t.is(code, 4410)
  const page = await createPage(t, second, { session: { cookie, key } })
  t.is(page.state!.device.phase, 'ready')
  page.close()
  await kill(second)

  const third = await createApp(t, { dir: first.dir })
  t.is((await reunite(third, cookie, secret)).code, 4410, 'and again')
})

test('nothing is sent by which somebody who only listened could go on', async (t) => {
  const first = await createApp(t)
  const session = await sessionOf(first)
  const secret = await secretOf(t, first, session)
  await kill(first)
  const second = await createApp(t, { dir: first.dir })
  const { cookie } = session
  const { heard } = await socketOf(second, cookie, { type: 'resume', nonce: NONCE })
  const { nonce: engine, proof } = heard[0]
  const numbers = { port: second.server.port, page: NONCE, engine }
  for (const wrong of [
    proof,
    proofOf(secret, 'page', { ...numbers, port: 1 }),
    proofOf(secret, 'page', { ...numbers, engine: NONCE }),
    proofOf(b4a.alloc(32), 'page', numbers),
    '',
    7
  ]) {
    const { say, closed } = await socketOf(second, cookie, { type: 'resume', nonce: NONCE })
    say({ type: 'proof', proof: wrong })
    t.is(await closed, 4401, String(wrong).slice(0, 8))
  }
  for (const nonce of ['', 'x', 7, null, NONCE + 'ab', NONCE.toUpperCase()]) {
    t.is(await refusalOf(second, cookie, { type: 'resume', nonce }), 4401, String(nonce))
  }
  const strange = cookie.replace(/.{4}$/, '0000')
  t.is(await refusalOf(second, strange, { type: 'resume', nonce: NONCE }), 4401)
})

test('an end, unlike a kill, ends the sessions', async (t) => {
  const first = await createApp(t)
  const { cookie } = await sessionOf(first)
  const file = path.join(first.dir, 'app-sessions')
  t.is((await fs.promises.stat(file)).mode & 0o077, 0, 'nobody else may read it')
  const { port } = first.server
  await first.server.close()
  await first.host.close()
  t.absent(fs.existsSync(file))
  const second = await createApp(t, { dir: first.dir, port })
  t.is(await refusalOf(second, cookie, { type: 'resume', nonce: NONCE }), 4401)
})

test('where the port is taken, the engine has another, and no page of before goes on', async (t) => {
  const first = await createApp(t)
  const { cookie } = await sessionOf(first)
  const { port } = first.server
  await kill(first)
  const thief = await createApp(t, { port })
  t.is(thief.server.port, port)
  const second = await createApp(t, { dir: first.dir })
  t.not(second.server.port, port)
  await thief.server.close()
  await second.server.close()
  const third = await createApp(t, { dir: first.dir, port })
  t.is(await refusalOf(third, cookie, { type: 'resume', nonce: NONCE }), 4401)
})

test('sessions that are damaged are none, and the app opens', async (t) => {
  const first = await createApp(t)
  await sessionOf(first)
  await kill(first)
  await fs.promises.writeFile(path.join(first.dir, 'app-sessions'), 'no such thing')
  const second = await createApp(t, { dir: first.dir })
  t.is((await createPage(t, second)).connection, 'open')
})
