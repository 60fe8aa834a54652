import test from 'brittle'
import { fs, path } from '../../../../core/runtime/fs.ts'
import { ask, useToken } from '../../../helpers/api/http.ts'
import { eventually } from '../../../helpers/eventually.ts'
import { run, temoin } from '../../../helpers/cli/cli.ts'
import { createDesktop } from '../../../helpers/cli/desktop.ts'

test('app makes a device where there is none, serves it on loopback, and closes cleanly', async (t) => {
  const storage = path.join(await t.tmp(), 'fresh')
  const app = temoin(t, ['app', '--no-open'], { storage, stdin: 'pipe' })
  const { url } = await app.waitFor('app')
  const [, port, token] = /^http:\/\/127\.0\.0\.1:(\d+)\/#token=([0-9a-f]{64})$/.exec(url)!
  const screens = await ask(Number(port), '/')
  t.is(screens.status, 200)
  t.ok(screens.text.includes('<script type="module"'), 'the screens that were built')

  t.is((await useToken(Number(port), token!)).status, 200)
  t.is((await useToken(Number(port), token!)).status, 401, 'the link opens the app once')
  app.write(new Uint8Array([10]))
  const next = await app.waitFor('app', (event) => event.url !== url)
  t.ok(next.url.startsWith(`http://127.0.0.1:${port}/#token=`), 'Enter gives another link')

  const second = await run(t, ['hold'], { storage })
  t.alike([second.code, second.last!.code], [3, 'STORAGE_LOCKED'])
  t.is((await app.kill('SIGINT')).code, 0)
  const status = await run(t, ['status'], { storage })
  t.is(status.last!.event, 'status', 'the device is there')
  t.alike(status.last!.circles, [])
})

test('a browser is started with a file for its owner alone, and with no secret', async (t) => {
  const dir = await t.tmp()
  const { env, opened } = await createDesktop(path.join(dir, 'desktop'))
  const app = temoin(t, ['app'], { storage: path.join(dir, 'd'), env })
  await app.waitFor('app')
  const { words: file } = await opened()
  t.absent(/[0-9a-f]{16}/.test(file), 'what it was started with')
  t.is(fs.statSync(file).mode & 0o777, 0o600)
  const html = String(fs.readFileSync(file))
  const [, port, token] = /127\.0\.0\.1:(\d+)\/open#token=([0-9a-f]{64})"/.exec(html)!
  t.is((await useToken(Number(port), token!)).status, 200)
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
