// Runs the compiled tests under Node and under Bare: those that start processes each in one of its own,
// the others a few files after one another (lib/testing/plan.mjs). Each file is told of by itself.
//
//   npm test                      everything, and the lint
//   npm test -- store guard       the files whose path holds one of the words
//   npm test -- --node | --bare   one runtime only
//   npm test -- --timeout 60      seconds a file may take
//   npm test -- --once            no second run of what has failed
//
// In a run of everything, what has failed is run once more by itself (lib/testing/again.mjs): who passes
// then is named at the end as unsteady.
//
// The tests of test/browser/ need a Chromium: one is looked for, and installed where there is none, before
// the first test. Where none can be had they are counted as skipped.
//
// The last line is always `N passed, N failed` (`, N skipped` where some were): tests, over both
// runtimes. A run in which nothing ran has failed.

import fs from 'node:fs'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { describe } from './lib/chromium/find.mjs'
import { ensureChromium } from './lib/chromium/install.mjs'
import { list } from './lib/compile.mjs'
import { judge, toRunAgain } from './lib/testing/again.mjs'
import { lint } from './lib/testing/lint.mjs'
import { planOf } from './lib/testing/plan.mjs'
import { runAll } from './lib/testing/pool.mjs'
import { endAll, runFiles } from './lib/testing/run-files.mjs'
import { orSay, root, say } from './lib/say.mjs'
import { shorten } from './lib/testing/tap.mjs'

const TESTS = path.join(root, 'dist/test')
const startedAtMs = Date.now()

const { values: flags, positionals: words } = parseArgs({
  allowPositionals: true,
  options: {
    node: { type: 'boolean', default: false },
    bare: { type: 'boolean', default: false },
    once: { type: 'boolean', default: false },
    timeout: { type: 'string', default: '2400' }
  }
})

for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, interrupted)

const batches = plan()
const jobs = batches.map((batch) => () => runBatch(batch))
if (words.length === 0 && flags.node === flags.bare) jobs.unshift(runLint)
let results = []
let stopped = false
await orSay(async () => {
  if (batches.some(({ names }) => names[0].startsWith('browser/'))) await provideBrowser()
  await runAll(jobs)
  if (words.length === 0 && !flags.once) await runAgain(toRunAgain(results))
  summarise()
})

function plan() {
  const names = list(TESTS, '.test.js').map((file) => toName(file))
  const chosen = names.filter((name) => words.length === 0 || words.some((w) => name.includes(w)))
  const files = chosen.map((name) => ({ name, code: fs.readFileSync(toFile(name), 'utf8') }))
  const both = flags.node === flags.bare
  return planOf(files, both ? ['node', 'bare'] : flags.node ? ['node'] : ['bare'])
}

/** @param {import('./lib/testing/plan.mjs').Batch} batch */
async function runBatch({ names, runtime }) {
  const left = [...names]
  const files = names.map((name) => path.relative(root, toFile(name)))
  const onFile = (_file, result) => note({ name: left.shift(), runtime, ...result })
  const timeoutMs = Number(flags.timeout) * 1000
  await runFiles({ files, runtime, timeoutMs }, onFile).catch((err) => {
    for (const name of left) note({ name, runtime, ...unstarted(err) })
  })
}

/** One after another, with nothing beside them. */
async function runAgain(failed) {
  for (const first of failed) {
    if (stopped) return
    say(`temoin: ${first.name} (${first.runtime}) has failed, and is run again by itself`)
    results = results.filter((result) => result !== first)
    await runBatch({ names: [first.name], runtime: first.runtime })
    results.push(judge(first, results.pop()))
  }
}

async function runLint() {
  note({ name: 'lint', runtime: 'node', ...(await lint().catch(unstarted)) })
}

function note(result) {
  results.push(result)
  console.log(progress(result))
}

/** The tests read from the environment what was found here, so that each need not look again. */
async function provideBrowser() {
  const chromium = await ensureChromium()
  process.env.TEMOIN_BROWSER = chromium?.path ?? ''
  if (chromium !== null) say(`temoin: browser tests run in ${describe(chromium)}`)
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
  for (const result of results) {
    if (result.failed > 0) tellOf(result, 'failed')
    if (result.unsteady) tellOf(result, 'is unsteady: it failed beside others, passed by itself')
  }
  const [passed, failed, skipped] = ['passed', 'failed', 'skipped'].map(sum)
  if (passed + failed === 0) console.log(nothingRan())
  const minutes = ((Date.now() - startedAtMs) / 60_000).toFixed(1)
  process.exitCode = failed > 0 || passed === 0 ? 1 : 0
  console.log(`\nThis took ${minutes} minutes`)
  console.log(`${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ''}`)
}

function tellOf({ name, runtime, problem, output }, how) {
  console.log(
    `\n--- ${name} (${runtime}) ${how}${problem ? ': ' + problem : ''}\n${shorten(output)}`
  )
}

function sum(key) {
  return results.reduce((total, result) => total + result[key], 0)
}

function nothingRan() {
  const wanted = words.length > 0 ? ` named like "${words.join(' ')}"` : ''
  return `No test ran: there is no test file${wanted} in dist/test`
}

function interrupted() {
  stopped = true
  jobs.length = 0
  endAll()
  process.exitCode = 1
}

/** `dist/test/store/hypercore/guard.test.js` is called `store/hypercore/guard`, on every platform. */
function toName(file) {
  return path
    .relative(TESTS, file)
    .split(path.sep)
    .join('/')
    .replace(/\.test\.js$/, '')
}

function toFile(name) {
  return path.join(TESTS, `${name}.test.js`)
}
