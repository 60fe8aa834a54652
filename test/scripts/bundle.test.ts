import test from 'brittle'
import type { Assert } from 'brittle'
import { fs, path } from '../../core/runtime/fs.ts'
import { root } from '../helpers/root.ts'
import { pathToFileURL } from '#url'
import { runProgram } from '../helpers/program.ts'
import { importScript } from '../helpers/script.ts'

const JOINED = 'dist/cli/bundle/node/main.js'
const MODULES = 'dist/cli/main.js'
const COMPILED = '.cache/tsbuildinfo.json'
const INSTALLED = 'node_modules/.package-lock.json'

const { load, memoryOf } = await importScript<{
  load(url: unknown): any
  memoryOf(file: string): string
}>('lib/bundle/load.mjs')

/** Of the command as it was built. */
function joinedFile(runtime: string): { file: string; code: string } {
  const folder = path.join(root, 'dist/cli/bundle', runtime)
  const name = fs.readdirSync(folder).find((name) => name.endsWith('.cjs'))!
  return { file: path.join(folder, name), code: String(fs.readFileSync(path.join(folder, name))) }
}

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

test('Packages that were installed anew are run as they are, not as they were joined before', async (t) => {
  t.is(await ran(t, MODULES, COMPILED, JOINED, INSTALLED), MODULES)
  t.is(await ran(t, MODULES, COMPILED, INSTALLED, JOINED), JOINED)
})

test('The modules are run where nobody has joined them', async (t) => {
  t.is(await ran(t, MODULES, COMPILED), MODULES)
  t.is(await ran(t, MODULES), MODULES)
})

test('A command that is not built says how to build it', async (t) => {
  t.ok(/not built yet: run "npm ci && npm run build"/.test(await ran(t)))
})

test('The licence of every package that is joined lies beside it', (t) => {
  for (const runtime of ['node', 'bare']) {
    const { file, code } = joinedFile(runtime)
    const said = String(fs.readFileSync(path.join(path.dirname(file), 'licences.txt')))
    const found = code.matchAll(/^(?:\/\/ | {2}")node_modules\/((?:@[^/]+\/)?[^/]+)\//gm)
    const names = new Set(Array.from(found, ([, name]) => name!))
    t.ok(names.has('hypercore') && names.has('hyperdht'), `${runtime}: ${names.size} packages`)
    const silent = [...names].filter(
      (name) => !said.includes(`\n${name} `) && !said.startsWith(name)
    )
    t.alike(silent, [])
    t.ok(said.includes('Permission is hereby granted, free of charge'))
  }
})

test('Node takes back what it has compiled of the command', async (t) => {
  const { file } = joinedFile('node')
  const loader = pathToFileURL(path.join(path.dirname(file), 'load.mjs')).href
  const command = String(fs.readFileSync(path.join(root, 'cli/bin.mjs')))
  const settings = command.match(/setFlagsFromString\('[^']+'\)/g)!
  t.is(settings.length, 2, 'what the command tells V8 before it loads')
  const words = [
    `import { setFlagsFromString } from 'node:v8'`,
    `import { load } from '${loader}'`,
    ...settings,
    `load(new URL('${pathToFileURL(file).href}'), (script) => console.log(script.cachedDataRejected))`
  ]
  const ran = await runProgram('node', ['--input-type=module', '-e', words.join('\n')])
  t.is(ran!.out.trim(), 'false', ran!.err)
})

test('A joined file runs with no memory of its compiling, and with a damaged one', async (t) => {
  const file = path.join(await t.tmp(), 'command.cjs')
  const words = [`exports.main = () => 'ran'`, `exports.own = [__filename, require('fs')]`]
  fs.writeFileSync(file, words.join('\n'))
  const loaded = load(pathToFileURL(file))
  t.is(loaded.main(), 'ran')
  t.is(loaded.own[0], file)
  const { file: another } = joinedFile('node')
  const memory = fs.readFileSync(memoryOf(another)) as Uint8Array
  for (const damaged of [
    new Uint8Array(0),
    new Uint8Array(500),
    memory.subarray(0, 9999),
    memory
  ]) {
    fs.writeFileSync(memoryOf(file), damaged as any)
    t.is(load(pathToFileURL(file)).main(), 'ran', `${damaged.length} bytes`)
  }
})
