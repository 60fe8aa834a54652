import test from 'brittle'
import type { Assert } from 'brittle'
import { fs, path } from '../../core/runtime/fs.ts'
import { eventually } from '../helpers/eventually.ts'
import { root } from '../helpers/root.ts'
import { importScript } from '../helpers/script.ts'

interface Result {
  passed: number
  failed: number
  problem: string | null
  output: string
}
type RunFiles = (
  job: { files: string[]; runtime: string; timeoutMs: number },
  onFile: (file: string, result: Result) => void
) => Promise<void>
const { runFiles } = await importScript<{
  runFiles: RunFiles
}>('lib/testing/run-files.mjs')

interface Options {
  timeoutMs?: number
  runtime?: 'node' | 'bare'
}

/** Runs test files of these contents, kept inside the repository so that they find brittle. */
async function runAll(
  t: Assert,
  contents: string[],
  { timeoutMs = 60_000, runtime = 'node' }: Options = {}
): Promise<Result[]> {
  const name = '.cache/run-files-' + Math.random().toString(16).slice(2)
  const folder = path.join(root, name)
  await fs.promises.mkdir(folder, { recursive: true })
  t.teardown(() => fs.promises.rm(folder, { recursive: true }))
  const files = contents.map((_, i) => `${name}/${i}.test.mjs`)
  for (const [i, content] of contents.entries()) {
    await fs.promises.writeFile(path.join(root, files[i]!), content)
  }
  const told: [string, Result][] = []
  await runFiles({ files, runtime, timeoutMs }, (...one) => void told.push(one))
  t.alike(
    told.map(([file]) => file),
    files,
    'each file is told of once, in their order'
  )
  return told.map(([, result]) => result)
}

async function run(t: Assert, content: string, options: Options = {}): Promise<Result> {
  return (await runAll(t, [content], options))[0]!
}

const TEST = `import test from 'brittle'\n`

test('A file that passes has passed', async (t) => {
  const { passed, failed } = await run(t, TEST + `test('a', (t) => t.pass())`)
  t.alike([passed, failed], [1, 0])
})

test('A file that throws has failed, and its error is in the output', async (t) => {
  const { failed, output } = await run(t, TEST + `throw new Error('no good')`)
  t.is(failed, 1)
  t.ok(output.includes('no good'))
})

test('A file that hangs is ended at its time limit, with the processes it started', async (t) => {
  const child = `spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'inherit' })`
  const content = `import { spawn } from 'node:child_process'
    const child = ${child}
    console.log('child=' + child.pid)
    test('a', { timeout: 0 }, () => new Promise(() => setInterval(() => {}, 1000)))`
  const { failed, problem, output } = await run(t, TEST + content, { timeoutMs: 10_000 })
  t.is(failed, 1)
  t.ok(problem?.includes('time limit'))
  const pid = Number(/child=(\d+)/.exec(output)?.[1])
  t.ok(pid > 0)
  t.ok(await eventually(() => !isAlive(pid)))
})

for (const runtime of ['node', 'bare'] as const) {
  const one = TEST + `test('a', (t) => t.pass())`

  test(`Under ${runtime} files that share a process are counted each by itself`, async (t) => {
    const two = TEST + `test('b', (t) => t.fail())\ntest('c', (t) => t.pass())`
    const results = await runAll(t, [one, two, one], { runtime })
    t.alike(
      results.map(({ passed, failed, problem }) => [passed, failed, problem]),
      [
        [1, 0, null],
        [1, 1, null],
        [1, 0, null]
      ]
    )
  })

  test(`Under ${runtime} a file that ends its process has failed, and those behind it run`, async (t) => {
    const crash =
      TEST +
      `test('b', () => { setTimeout(() => { throw new Error('no good') }, 0)
      return new Promise((resolve) => setTimeout(resolve, 100)) })`
    const results = await runAll(t, [one, crash, one], { runtime })
    t.alike(
      results.map(({ passed, failed }) => [passed, failed]),
      [
        [1, 0],
        [0, 1],
        [1, 0]
      ]
    )
    t.ok(results[1]!.output.includes('no good'))
  })
}

test('A file that leaves something open is the one that hangs', async (t) => {
  const open = TEST + `test('b', (t) => { setInterval(() => {}, 1000); t.pass() })`
  const one = TEST + `test('a', (t) => t.pass())`
  const results = await runAll(t, [one, open, one], { timeoutMs: 5000 })
  t.alike(
    results.map(({ failed }) => failed),
    [0, 1, 0]
  )
  t.ok(results[1]!.problem?.includes('time limit'))
})

test('A file that none can read has failed, and those behind it run', async (t) => {
  const one = TEST + `test('a', (t) => t.pass())`
  const results = await runAll(t, [one, 'this is no program', one])
  t.alike(
    results.map(({ failed }) => failed),
    [0, 1, 0]
  )
})

test('A file whose last test ends well and whose process does not has failed', async (t) => {
  const late = `\nprocess.once('exit', () => { process.exitCode = 9 })`
  const { passed, failed, problem } = await run(t, TEST + `test('a', (t) => t.pass())` + late)
  t.alike([passed, failed], [1, 1])
  t.ok(problem?.includes('exit code 9'))
})

/** Signal 0 only asks. A process that has ended but was not waited for yet is not alive either. */
function isAlive(pid: number): boolean {
  try {
    ;(globalThis as any).process.kill(pid, 0)
    return !isZombie(pid)
  } catch {
    return false
  }
}

function isZombie(pid: number): boolean {
  try {
    return /\) Z /.test(fs.readFileSync(`/proc/${pid}/stat`, 'utf8') as string)
  } catch {
    return false
  }
}
