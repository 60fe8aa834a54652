import test from 'brittle'
import { fs, makeDirectories, path } from '../../../core/runtime/fs.ts'
import { createApp, sessionOf } from '../../helpers/api/app.ts'
import { ask } from '../../helpers/api/http.ts'

/** On every answer, whatever it is. */
const ALWAYS = {
  'cache-control': 'no-store',
  'cross-origin-embedder-policy': 'require-corp',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY'
}

async function built(t: any): Promise<string> {
  const dir = path.join(await t.tmp(), 'ui')
  await makeDirectories(path.join(dir, 'assets'), 0o700)
  await fs.promises.writeFile(path.join(dir, 'index.html'), '<!doctype html>here')
  await fs.promises.writeFile(path.join(dir, 'assets/app.js'), 'export {}')
  await fs.promises.writeFile(path.join(dir, 'secrets.env'), 'not for anybody')
  await fs.promises.writeFile(path.join(dir, '..', 'outside.js'), 'not for anybody')
  return dir
}

test('every answer, errors as well, forbids what is foreign, frames and caches', async (t) => {
  const app = await createApp(t, { uiDir: await built(t) })
  const { port } = app.server
  const { cookie, key } = await sessionOf(app)
  const origin = `http://127.0.0.1:${port}`
  const upgrade = { connection: 'Upgrade', upgrade: 'websocket' }
  app.host.current.recordings.groupOf = () => {
    throw new Error('out of order')
  }
  const seen: [number, string, Record<string, string>, string?][] = [
    [200, '/', {}],
    [200, '/assets/app.js', {}],
    [200, '/open', {}],
    [404, '/nothing', {}],
    [403, '/', { host: 'evil.example' }],
    [405, '/', {}, 'PUT'],
    [415, '/session', { origin }, 'POST'],
    [401, '/session', { origin, 'content-type': 'application/json' }, 'POST'],
    [404, '/nothing', { origin, 'content-type': 'application/json' }, 'POST'],
    [403, '/api', upgrade],
    [401, '/api', { ...upgrade, origin }],
    [404, '/nothing', { ...upgrade, origin }],
    [400, '/api', { ...upgrade, origin, cookie }],
    [405, '/api', { ...upgrade, origin, cookie }, 'POST'],
    [200, '/', { expect: 'the impossible' }],
    [431, '/', { 'x-long': 'x'.repeat(40_000) }],
    [500, `/media/${'y'.repeat(52)}/init`, { cookie, 'x-temoin-key': key }],
    [401, `/media/${'y'.repeat(52)}/init`, {}],
    [404, '/export/1/README.txt', { cookie, 'x-temoin-key': key }],
    [400, `/media/${'l'.repeat(52)}/init`, { cookie, 'x-temoin-key': key }]
  ]
  for (const [status, asked, headers, method = 'GET'] of seen) {
    const answer = await ask(port, asked, { headers, method })
    t.is(answer.status, status, asked)
    for (const [name, value] of Object.entries(ALWAYS)) t.is(answer.headers[name], value, name)
    const policy = String(answer.headers['content-security-policy'])
    t.ok(policy.startsWith("default-src 'none'"), policy)
    t.ok(policy.includes("frame-ancestors 'none'"))
    t.absent(/unsafe-inline|unsafe-eval|\*|https?:/.test(policy))
    t.ok(String(answer.headers['permissions-policy']).includes('camera=(self), microphone=(self)'))
    t.is(answer.headers['access-control-allow-origin'], undefined)
  }
})

test('a page runs its own scripts only, and talks to its own server only', async (t) => {
  const app = await createApp(t, { uiDir: await built(t) })
  const { port } = app.server
  const { headers } = await ask(port, '/')
  t.is(
    headers['content-security-policy'],
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; media-src 'self' blob:; font-src 'self'; manifest-src 'self'; worker-src 'self'; " +
      `connect-src 'self' ws://127.0.0.1:${port} ws://localhost:${port}; ` +
      "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types temoin"
  )
})

test('screens come from their folder alone, with the types that screens have', async (t) => {
  const app = await createApp(t, { uiDir: await built(t) })
  const { port } = app.server
  const page = await ask(port, '/')
  t.alike(
    [page.text, page.headers['content-type']],
    ['<!doctype html>here', 'text/html; charset=utf-8']
  )
  const script = await ask(port, '/assets/app.js')
  t.is(script.headers['content-type'], 'text/javascript; charset=utf-8')
  for (const asked of [
    '/../outside.js',
    '/assets/../../outside.js',
    '/%2e%2e/outside.js',
    '/assets%2fapp.js',
    '//outside.js',
    '/secrets.env',
    '/assets/',
    '/assets',
    '/index.html/',
    '/\\..\\outside.js'
  ]) {
    t.is((await ask(port, asked)).status, 404, asked)
  }
})

test('where no screens are built, one plain page says so', async (t) => {
  const app = await createApp(t)
  const { status, text } = await ask(app.server.port, '/')
  t.is(status, 200)
  t.ok(text.includes('npm run build'))
})

test('a service worker that somebody left at this port is thrown out when its browser looks for it', async (t) => {
  const app = await createApp(t, { uiDir: await built(t) })
  const { port } = app.server
  const looks = { 'service-worker': 'script', 'sec-fetch-site': 'same-origin' }
  for (const name of ['/sw.js', '/assets/app.js', '/open', '/']) {
    const { status, headers } = await ask(port, name, { headers: looks })
    t.is(status, 404, name)
    t.is(headers['clear-site-data'], '"storage"', name)
  }
  const { headers } = await ask(port, '/assets/app.js')
  t.absent('clear-site-data' in headers, 'nobody else')
  const foreign = await ask(port, '/', { headers: { ...looks, 'sec-fetch-site': 'cross-site' } })
  t.absent('clear-site-data' in foreign.headers, 'nor for another site')
})
