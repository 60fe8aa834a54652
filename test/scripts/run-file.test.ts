import test from 'brittle'
import type { Assert } from 'brittle'
import { fs, path } from '../../core/runtime/fs.ts'
import { eventually } from '../helpers/eventually.ts'
import { root } from '../helpers/root.ts'

interface Result {
  passed: number
  failed: number
  problem: string | null
  output: string
}
const { runFile } = (await import('file://' + path.join(root, 'scripts/lib/run-file.mjs'))) as {
  runFile(job: { file: string; runtime: string; timeoutMs: number }): Promise<Result>
}

/** Runs a test file of that content, kept inside the repository so that it finds brittle. */
async function run(t: Assert, content: string, timeoutMs = 60_000): Promise<Result> {
  const name = '.cache/run-file-' + Math.random().toString(16).slice(2)
  const folder = path.join(root, name)
  await fs.promises.mkdir(folder, { recursive: true })
  t.teardown(() => fs.promises.rm(folder, { recursive: true }))
  await fs.promises.writeFile(path.join(folder, 'a.test.mjs'), content)
  return runFile({ file: name + '/a.test.mjs', runtime: 'node', timeoutMs })
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
  const { failed, problem, output } = await run(t, TEST + content, 10_000)
  t.is(failed, 1)
  t.ok(problem?.includes('time limit'))
  const pid = Number(/child=(\d+)/.exec(output)?.[1])
  t.ok(pid > 0)
  t.ok(await eventually(() => !isAlive(pid)))
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
