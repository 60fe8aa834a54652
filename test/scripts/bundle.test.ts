import test from 'brittle'
import type { Assert } from 'brittle'
import { fs, path } from '../../core/runtime/fs.ts'
import { root } from '../helpers/root.ts'
import { runProgram } from '../helpers/program.ts'

const JOINED = 'dist/cli/bundle/main.js'
const MODULES = 'dist/cli/main.js'
const COMPILED = '.cache/tsbuildinfo.json'

/** What the installed command runs where these files are there, oldest first: each says its own name. */
async function ran(t: Assert, ...files: string[]): Promise<string> {
  const dir = await t.tmp()
  const put = (file: string, content: string, atMs = 0): void => {
    const target = path.join(dir, file)
    fs.mkdirSync(path.dirname(target), { recursive: true })
    fs.writeFileSync(target, content)
    fs.utimesSync(target, atMs / 1000, atMs / 1000)
  }
  for (const file of ['cli/bin.mjs', 'package.json']) {
    put(file, String(fs.readFileSync(path.join(root, file))))
  }
  for (const [i, file] of files.entries()) {
    put(file, `export const main = () => console.log('${file}')`, Date.now() + 1000 * i)
  }
  const { out, err } = (await runProgram('node', [path.join(dir, 'cli/bin.mjs'), 'status']))!
  return (out + err).trim()
}

test('The command runs its modules joined, where they were joined after the last compile', async (t) => {
  t.is(await ran(t, MODULES, COMPILED, JOINED), JOINED)
  t.is(await ran(t, MODULES, JOINED), JOINED, 'where nothing is compiled')
})

test('What was compiled anew is run as it is, not as it was joined before', async (t) => {
  t.is(await ran(t, MODULES, JOINED, COMPILED), MODULES)
  t.is(await ran(t, JOINED, MODULES, COMPILED), MODULES)
})

test('The modules are run where nobody has joined them', async (t) => {
  t.is(await ran(t, MODULES, COMPILED), MODULES)
  t.is(await ran(t, MODULES), MODULES)
})

test('A command that is not built says how to build it', async (t) => {
  t.ok(/not built yet: run "npm ci && npm run build"/.test(await ran(t)))
})
