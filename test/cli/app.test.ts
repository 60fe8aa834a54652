import test from 'brittle'
import process from '#process'
import { fs, path } from '../../core/runtime/fs.ts'
import { ask } from '../helpers/api/http.ts'
import { eventually } from '../helpers/eventually.ts'
import { run, temoin } from '../helpers/cli/cli.ts'

test('app makes a device where there is none, serves it on loopback, and closes cleanly', async (t) => {
  const storage = path.join(await t.tmp(), 'fresh')
  const app = temoin(t, ['app', '--no-open'], { storage, stdin: 'pipe' })
  const { url } = await app.waitFor('app')
  const [, port, token] = /^http:\/\/127\.0\.0\.1:(\d+)\/#token=([0-9a-f]{64})$/.exec(url)!
  t.is((await ask(Number(port), '/')).status, 200)

  const origin = `http://127.0.0.1:${port}`
  const headers = { origin, 'content-type': 'application/json' }
  const body = JSON.stringify({ token })
  const exchange = () => ask(Number(port), '/session', { method: 'POST', headers, body })
  t.is((await exchange()).status, 200)
  t.is((await exchange()).status, 401, 'the link opens the app once')
  app.write(new Uint8Array([10]))
  const next = await app.waitFor('app', (event) => event.url !== url)
  t.ok(next.url.startsWith(`${origin}/#token=`), 'Enter gives another link')

  const second = await run(t, ['hold'], { storage })
  t.alike([second.code, second.last!.code], [3, 'STORAGE_LOCKED'])
  t.is((await app.kill('SIGINT')).code, 0)
  const status = await run(t, ['status'], { storage })
  t.is(status.last!.event, 'status', 'the device is there')
  t.alike(status.last!.circles, [])
})

test('a browser is started with a file for its owner alone, and with no secret', async (t) => {
  const dir = await t.tmp()
  const [bin, seen] = [path.join(dir, 'bin'), path.join(dir, 'seen')]
  await fs.promises.mkdir(bin)
  const opener = `#!/bin/sh\necho "$@" > ${seen}.tmp\nmv ${seen}.tmp ${seen}\n`
  await fs.promises.writeFile(path.join(bin, 'xdg-open'), opener, { mode: 0o700 })
  const PATH = `${bin}:${process.env['PATH']}`
  const app = temoin(t, ['app'], { storage: path.join(dir, 'd'), env: { DISPLAY: ':7', PATH } })
  await app.waitFor('app')
  await eventually(() => fs.existsSync(seen))
  const file = String(fs.readFileSync(seen)).trim()
  t.absent(/[0-9a-f]{16}/.test(file), 'what it was started with')
  t.is(fs.statSync(file).mode & 0o777, 0o600)
  const html = String(fs.readFileSync(file))
  const [, port, token] = /127\.0\.0\.1:(\d+)\/open#token=([0-9a-f]{64})"/.exec(html)!
  const headers = { origin: `http://127.0.0.1:${port}`, 'content-type': 'application/json' }
  const body = JSON.stringify({ token })
  t.is((await ask(Number(port), '/session', { method: 'POST', headers, body })).status, 200)
  await eventually(() => !fs.existsSync(file))
  t.pass('the file goes once it was used')
})

test('app says in one sentence that its port is taken, or its storage in use', async (t) => {
  const dir = await t.tmp()
  const first = temoin(t, ['app', '--no-open'], { storage: path.join(dir, 'a') })
  const port = /:(\d+)\//.exec((await first.waitFor('app')).url)![1]!
  const taken = await run(t, ['app', '--no-open', '--port', port], { storage: path.join(dir, 'b') })
  t.alike([taken.code, taken.last!.code], [2, 'BAD_INPUT'])
  t.ok(taken.last!['message'].includes('--port'))
  const used = await run(t, ['app', '--no-open'], { storage: path.join(dir, 'a') })
  t.alike([used.code, used.last!.code], [3, 'STORAGE_LOCKED'])
})

test('app is locked by another command, as whatever else runs is', async (t) => {
  const storage = path.join(await t.tmp(), 'd')
  const app = temoin(t, ['app', '--no-open'], { storage })
  await app.waitFor('app')
  const env = { TEMOIN_PASSPHRASE: 'five words by pure chance' }
  const { code, last, err } = await run(t, ['lock'], { storage, env })
  t.is(code, 0, err)
  t.alike([last!.event, last!['running']], ['locked', true])
  await app.waitFor('locked')
  t.is((await app.kill('SIGINT')).code, 0)
})
