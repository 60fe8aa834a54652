import test from 'brittle'
import { refusalOf, upgradeRefusalOf } from '../../../core/api/server/guard.ts'
import { createApp, sessionOf } from '../../helpers/api/app.ts'
import { ask } from '../../helpers/api/http.ts'
import { connectSocket } from '../../helpers/api/socket.ts'

const PORT = 4711
const HOST = '127.0.0.1:4711'
const ORIGIN = 'http://127.0.0.1:4711'
const JSON_TYPE = { 'content-type': 'application/json' }

/** Method, headers, the status that refuses. */
const REFUSED: [string, Record<string, string>, number][] = [
  ['GET', {}, 403],
  ['GET', { host: '' }, 403],
  ['GET', { host: 'evil.example' }, 403],
  ['GET', { host: 'evil.example:4711' }, 403],
  ['GET', { host: '127.0.0.1' }, 403],
  ['GET', { host: '127.0.0.1:4712' }, 403],
  ['GET', { host: '127.0.0.1:4711.evil.example' }, 403],
  ['GET', { host: 'evil.example@127.0.0.1:4711' }, 403],
  ['GET', { host: '0.0.0.0:4711' }, 403],
  ['GET', { host: '[::1]:4711' }, 403],
  ['GET', { host: 'LOCALHOST:4711' }, 403],
  ['GET', { host: ' 127.0.0.1:4711' }, 403],
  ['GET', { host: HOST, origin: 'http://evil.example' }, 403],
  ['GET', { host: HOST, origin: 'null' }, 403],
  ['GET', { host: HOST, origin: 'http://localhost:4711' }, 403],
  ['GET', { host: HOST, origin: 'https://127.0.0.1:4711' }, 403],
  ['GET', { host: HOST, origin: 'http://127.0.0.1:4712' }, 403],
  ['GET', { host: HOST, 'sec-fetch-site': 'cross-site' }, 403],
  ['GET', { host: HOST, 'sec-fetch-site': 'same-site' }, 403],
  ['POST', { host: HOST, ...JSON_TYPE }, 403],
  ['POST', { host: HOST, origin: 'http://evil.example', ...JSON_TYPE }, 403],
  ['POST', { host: HOST, origin: 'null', ...JSON_TYPE }, 403],
  ['POST', { host: HOST, origin: `${ORIGIN}/`, ...JSON_TYPE }, 403],
  ['POST', { host: HOST, origin: ORIGIN, 'sec-fetch-site': 'cross-site', ...JSON_TYPE }, 403],
  ['POST', { host: HOST, origin: ORIGIN }, 415],
  ['POST', { host: HOST, origin: ORIGIN, 'content-type': 'text/plain' }, 415],
  ['POST', { host: HOST, origin: ORIGIN, 'content-type': 'text/plain; application/json' }, 415],
  ['POST', { host: HOST, origin: ORIGIN, 'content-type': 'multipart/form-data' }, 415],
  [
    'POST',
    { host: HOST, origin: ORIGIN, 'content-type': 'application/x-www-form-urlencoded' },
    415
  ],
  ['POST', { host: HOST, origin: ORIGIN, 'content-type': 'application/jsonx' }, 415],
  ['PUT', { host: HOST, origin: ORIGIN, ...JSON_TYPE }, 405],
  ['DELETE', { host: HOST, origin: ORIGIN }, 405],
  ['OPTIONS', { host: HOST, origin: ORIGIN }, 405],
  ['PATCH', { host: HOST, origin: ORIGIN, ...JSON_TYPE }, 405],
  ['OPTIONS', { host: HOST, origin: 'http://evil.example' }, 403]
]

const LET_IN: [string, Record<string, string>][] = [
  ['GET', { host: HOST }],
  ['HEAD', { host: 'localhost:4711' }],
  ['GET', { host: HOST, 'sec-fetch-site': 'none' }],
  ['GET', { host: HOST, origin: ORIGIN, 'sec-fetch-site': 'same-origin' }],
  ['POST', { host: HOST, origin: ORIGIN, ...JSON_TYPE }],
  ['POST', { host: 'localhost:4711', origin: 'http://localhost:4711', ...JSON_TYPE }]
]

test('nothing is answered that comes by another name, from another page, or in a form’s way', (t) => {
  for (const [method, headers, status] of REFUSED) {
    t.is(refusalOf({ method, headers }, PORT), status, `${method} ${JSON.stringify(headers)}`)
  }
  for (const [method, headers] of LET_IN) {
    t.is(refusalOf({ method, headers }, PORT), null, `${method} ${JSON.stringify(headers)}`)
  }
})

test('a window that a file leads here gets the page that leads on, and nothing else', (t) => {
  const window = { 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' }
  const headers = { host: HOST, 'sec-fetch-site': 'cross-site', ...window }
  const refusal = (path: string, more = {}, method = 'GET') =>
    refusalOf({ method, path, headers: { ...headers, ...more } }, PORT)
  t.is(refusal('/open'), null)
  for (const path of ['/', '/open/', '/session', '/api', '/media/x']) t.is(refusal(path), 403, path)
  t.is(refusal('/open', { 'sec-fetch-dest': 'iframe' }), 403)
  t.is(refusal('/open', { 'sec-fetch-mode': 'no-cors' }), 403)
  t.is(refusal('/open', { host: 'evil.example:4711' }), 403)
  t.is(refusal('/open', { origin: 'http://evil.example' }), 403)
  t.is(refusal('/open', JSON_TYPE, 'POST'), 403)
})

test('a WebSocket is opened by our own pages alone', (t) => {
  t.is(upgradeRefusalOf({ method: 'GET', headers: { host: HOST } }, PORT), 403, 'no origin')
  t.is(upgradeRefusalOf({ method: 'GET', headers: { host: HOST, origin: 'null' } }, PORT), 403)
  t.is(upgradeRefusalOf({ method: 'POST', headers: { host: HOST, origin: ORIGIN } }, PORT), 405)
  t.is(upgradeRefusalOf({ method: 'GET', headers: { host: HOST, origin: ORIGIN } }, PORT), null)
})

test('what the guard refuses is refused on the wire, before anything is routed', async (t) => {
  const app = await createApp(t)
  const { port } = app.server
  const asked = async (path: string, headers: Record<string, string>, method = 'GET') =>
    (await ask(port, path, { headers, method })).status
  t.is(await asked('/', { host: 'evil.example' }), 403, 'a name that was made to lead here')
  t.is(await asked('/session', { host: `rebound.example:${port}` }, 'POST'), 403)
  t.is(await asked('/', {}, 'DELETE'), 405)
  t.is(await asked('/nothing', {}), 404)
  t.is(await asked('/', {}), 200)
})

test('a page of another origin gets no socket, though it had the cookie', async (t) => {
  const app = await createApp(t)
  const { cookie } = await sessionOf(app)
  const { port } = app.server
  for (const headers of [
    { cookie, origin: 'http://evil.example' },
    { cookie, origin: `http://127.0.0.1:${port + 1}` },
    { cookie },
    { origin: `http://127.0.0.1:${port}` }
  ] as Record<string, string>[]) {
    const socket = connectSocket(`ws://127.0.0.1:${port}/api`, headers)
    let isOpen = false
    socket.onopen = () => (isOpen = true)
    await new Promise<void>((resolve) => (socket.onclose = () => resolve()))
    t.absent(isOpen, JSON.stringify(Object.keys(headers)))
  }
})
