// `npm start` as a process, from the first line to Ctrl-C. What it installs and builds is made by then: the
// tests could not run without. That a fresh clone is made ready is for the workflow (`npm test` begins so).

import process from '#process'
import test from 'brittle'
import type { Assert } from 'brittle'
import { fs, path } from '../../core/runtime/fs.ts'
import { ask } from '../helpers/api/http.ts'
import { run, temoin } from '../helpers/cli/cli.ts'
import type { CliOptions, CliProcess } from '../helpers/cli/cli.ts'
import { createDesktop } from '../helpers/cli/desktop.ts'
import { eventually } from '../helpers/eventually.ts'
import { root } from '../helpers/root.ts'

const NO_SCREEN = { DISPLAY: '', WAYLAND_DISPLAY: '' }
const linux = { skip: process.platform !== 'linux' }

test('npm start is the app, on a device that is there the next time, and Ctrl-C ends it', async (t) => {
  t.is(scripts().start, 'node scripts/start.mjs')
  const storage = path.join(await t.tmp(), 'mine')
  const first = start(t, ['--no-open'], { storage })
  const { url } = await first.waitFor('app')
  t.is((await ask(portOf(url), '/')).status, 200)
  t.ok(first.err.includes('starting the app'), 'it says what it does')
  t.is((await first.kill('SIGINT')).code, 0)

  const made = await run(t, ['status'], { storage })
  const second = start(t, ['--no-open'], { storage })
  await second.waitFor('app')
  t.absent(/installing|compiling|building/.test(second.err), 'nothing is made twice')
  t.is((await second.kill('SIGTERM')).code, 0)
  const after = await run(t, ['status'], { storage })
  t.is(after.last!['device'], made.last!['device'], 'the same device')
})

test('Without a screen it gives the link, and says how to get to it', linux, async (t) => {
  const storage = path.join(await t.tmp(), 'mine')
  const app = start(t, [], { storage, env: NO_SCREEN })
  const { url } = await app.waitFor('app')
  const port = portOf(url)
  await eventually(() => app.err.includes('No browser could be opened here'))
  t.ok(app.err.includes(`ssh -L ${port}:127.0.0.1:${port}`))
  t.is((await app.kill('SIGINT')).code, 0)
})

test(
  'With a screen it opens the app in the browser of the system, by a file that only its owner can read',
  linux,
  async (t) => {
    const dir = await t.tmp()
    const { env, opened } = await createDesktop(path.join(dir, 'desktop'))
    const app = start(t, [], { storage: path.join(dir, 'mine'), env })
    const { url } = await app.waitFor('app')
    const { words: file } = await opened()
    t.ok(file.startsWith(path.join(dir, 'mine')), 'no key is among the words of a process')
    t.is(fs.statSync(file).mode & 0o777, 0o600)
    t.ok(String(fs.readFileSync(file)).includes(`127.0.0.1:${portOf(url)}/open`))
    await app.kill('SIGINT')
    t.absent(app.err.includes('No browser'))
  }
)

test('A second start on the same device is refused in a sentence', async (t) => {
  const storage = path.join(await t.tmp(), 'mine')
  await start(t, ['--no-open'], { storage }).waitFor('app')
  const second = start(t, ['--no-open'], { storage })
  t.is((await second.ended).code, 3)
  t.is(second.events.at(-1)!['code'], 'STORAGE_LOCKED')
})

function start(t: Assert, args: string[], options: CliOptions): CliProcess {
  return temoin(t, args, { ...options, program: 'scripts/start.mjs' })
}

function scripts(): Record<string, string> {
  return JSON.parse(String(fs.readFileSync(path.join(root, 'package.json'), 'utf8'))).scripts
}

function portOf(url: string): number {
  return Number(/:(\d+)\//.exec(url)![1])
}
