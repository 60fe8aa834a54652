// Runs the compiled tests, each file in its own process, under Node and under Bare.
//
//   npm test                      everything, and the lint
//   npm test -- store guard       the files whose path holds one of the words
//   npm test -- --node | --bare   one runtime only
//   npm test -- --timeout 60      seconds a file may take
//
// The tests of test/browser/ need a Chromium: one is looked for, and installed where there is none, before
// the first test. Where none can be had they are counted as skipped.
//
// The last line is always `N passed, N failed` (`, N skipped` where some were): tests, over both
// runtimes. A run in which nothing ran has failed.

import os from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { describe } from './lib/chromium/find.mjs'
import { ensureChromium } from './lib/chromium/install.mjs'
import { list } from './lib/compile.mjs'
import { lint } from './lib/lint.mjs'
import { endAll, runFile } from './lib/run-file.mjs'
import { orSay, root, say } from './lib/say.mjs'
import { shorten } from './lib/tap.mjs'

/** Tests that drive processes, browsers or the kernel: long ones, and the driver is Node. */
const NODE_ONLY = ['e2e', 'netns', 'browser', 'power', 'scripts']
const TESTS = path.join(root, 'dist/test')
/** Nearly half of what the tests take is waiting: for links, timers and other processes. */
const WORKERS = Math.max(1, Math.min(4, Math.ceil(1.5 * os.availableParallelism())))

const { values: flags, positionals: words } = parseArgs({
  allowPositionals: true,
  options: {
    node: { type: 'boolean', default: false },
    bare: { type: 'boolean', default: false },
    timeout: { type: 'string', default: '480' }
  }
})

for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, interrupted)

const jobs = plan()
const results = []
await orSay(async () => {
  if (jobs.some(({ name }) => name.startsWith('browser/'))) await provideBrowser()
  await Promise.all(Array.from({ length: WORKERS }, work))
  summarise()
})

/** What to run, longest first, so that no long file is left alone at the end. */
function plan() {
  const files = list(TESTS, '.test.js').map((file) => toName(file))
  const chosen = files.filter((name) => words.length === 0 || words.some((w) => name.includes(w)))
  const both = flags.node === flags.bare
  const planned = chosen.flatMap((name) => [
    ...(both || flags.node ? [{ name, runtime: 'node' }] : []),
    ...((both || flags.bare) && !isNodeOnly(name) ? [{ name, runtime: 'bare' }] : [])
  ])
  planned.sort((a, b) => Number(isNodeOnly(b.name)) - Number(isNodeOnly(a.name)))
  return words.length === 0 && both ? [{ name: 'lint', runtime: 'node' }, ...planned] : planned
}

async function work() {
  for (let job = jobs.shift(); job !== undefined; job = jobs.shift()) {
    const result = { ...job, ...(await runJob(job).catch(unstarted)) }
    results.push(result)
    console.log(progress(result))
  }
}

/** The tests read from the environment what was found here, so that each need not look again. */
async function provideBrowser() {
  const chromium = await ensureChromium()
  process.env.TEMOIN_BROWSER = chromium?.path ?? ''
  if (chromium !== null) say(`temoin: browser tests run in ${describe(chromium)}`)
}

function runJob({ name, runtime }) {
  if (name === 'lint') return lint()
  return runFile({
    file: `dist/test/${name}.test.js`,
    runtime,
    timeoutMs: Number(flags.timeout) * 1000
  })
}

/** @param {Error} err a file that could not even be started: no Bare for this platform, say */
function unstarted(err) {
  return { passed: 0, failed: 1, skipped: 0, problem: err.message, output: '', seconds: 0 }
}

function progress({ name, runtime, passed, failed, skipped, seconds }) {
  const counts = `${passed} passed${failed ? `, ${failed} FAILED` : ''}${skipped ? `, ${skipped} skipped` : ''}`
  const where = name === 'lint' ? '' : ` (${runtime})`
  const what = name === 'lint' ? (failed ? 'FAILED' : 'ok') : counts
  return `${failed ? '✗' : '✓'} ${name}${where}: ${what}, ${seconds.toFixed(1)} s`
}

function summarise() {
  for (const { name, runtime, problem, output } of results.filter(({ failed }) => failed > 0)) {
    console.log(
      `\n--- ${name} (${runtime}) failed${problem ? ': ' + problem : ''}\n${shorten(output)}`
    )
  }
  const [passed, failed, skipped] = ['passed', 'failed', 'skipped'].map(sum)
  if (passed + failed === 0) console.log(nothingRan())
  process.exitCode = failed > 0 || passed === 0 ? 1 : 0
  console.log(`\n${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ''}`)
}

function sum(key) {
  return results.reduce((total, result) => total + result[key], 0)
}

function nothingRan() {
  const wanted = words.length > 0 ? ` named like "${words.join(' ')}"` : ''
  return `No test ran: there is no test file${wanted} in dist/test`
}

function interrupted() {
  jobs.length = 0
  endAll()
  process.exitCode = 1
}

function isNodeOnly(name) {
  return NODE_ONLY.includes(name.split('/')[0])
}

/** `dist/test/store/hypercore/guard.test.js` is called `store/hypercore/guard`, on every platform. */
function toName(file) {
  return path
    .relative(TESTS, file)
    .split(path.sep)
    .join('/')
    .replace(/\.test\.js$/, '')
}
