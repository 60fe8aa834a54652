// Runs test files one after another in one process, under Node or Bare, and never leaves a process
// behind: when a file hangs, at the end, or when the run is interrupted, the whole process group is
// ended. Where a file ends its process before its time, those behind it get a new one.

import { spawn, spawnSync } from 'node:child_process'
import fs from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { COMPILE_LATE, root } from '../say.mjs'
import { readTap } from './tap.mjs'
import { takeTurn } from './turn.mjs'

const IN_TURN = fileURLToPath(new URL('files-in-turn.mjs', import.meta.url))
/** For a single test, where it asks for no more itself: the machine may do ten other things. */
const TEST_MS = '300000'
const running = new Set()

/**
 * @typedef {import('./tap.mjs').Result & { output: string, seconds: number }} FileResult
 * @typedef {object} Job
 * @property {string[]} files named from the root
 * @property {'node' | 'bare'} runtime
 * @property {number} timeoutMs for each file
 */

/**
 * @param {Job} job
 * @param {(file: string, result: FileResult) => void} onFile called for each file once, in their order
 */
export async function runFiles({ files, runtime, timeoutMs }, onFile) {
  for (let left = [...files]; left.length > 0;) {
    const tell = (result) => onFile(left.shift(), result)
    await runOnce(start(runtime, left), left.length, timeoutMs, tell)
  }
}

/** One process and what it did, told of one of its `count` files at least. */
async function runOnce(child, count, timeoutMs, tell) {
  let [output, told, timedOut] = ['', 0, false]
  let [startedAtMs, timer] = [Date.now(), null]
  const begin = () => {
    clearTimeout(timer)
    startedAtMs = Date.now()
    timer = setTimeout(() => {
      timedOut = true
      endGroup(child)
    }, timeoutMs)
  }
  const end = (output, code) => {
    told++
    const seconds = (Date.now() - startedAtMs) / 1000
    tell({ ...readTap(output, { code, timedOut }), output, seconds })
  }
  begin()
  const code = await ended(child, (chunk) => {
    output += chunk
    // the last file has ended once its process has, and as that did
    for (let turn = takeTurn(output); turn && told < count - 1; turn = takeTurn(output)) {
      end(turn.output, turn.code)
      output = turn.rest
      begin()
    }
  })
  clearTimeout(timer)
  end(output, code)
}

/** The exit code of the process. Processes it left behind are ended with it. */
function ended(child, onOutput) {
  return new Promise((resolve) => {
    child.stdout.setEncoding('utf8').on('data', onOutput)
    child.stderr.setEncoding('utf8').on('data', onOutput)
    child.once('error', (err) => onOutput(err.message + '\n'))
    child.once('exit', () => endGroup(child))
    child.once('close', (code) => {
      running.delete(child)
      resolve(code)
    })
  })
}

/** Ends every test process still running: for who interrupts the run. */
export function endAll() {
  for (const child of running) endGroup(child)
}

function start(runtime, files) {
  const [program, flags] = runtime === 'bare' ? [bare(), []] : [process.execPath, [COMPILE_LATE]]
  const paths = files.map((file) => path.join(root, file))
  const child = spawn(program, [...flags, IN_TURN, TEST_MS, ...paths], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: process.platform !== 'win32'
  })
  running.add(child)
  return child
}

/** The Bare binary that the packages brought. Without install scripts nobody has made it executable. */
function bare() {
  const program = createRequire(import.meta.url)('bare-runtime')()
  if (process.platform !== 'win32') fs.chmodSync(program, 0o755)
  return program
}

function endGroup(child) {
  if (child.pid === undefined) return
  if (process.platform === 'win32') {
    if (child.exitCode === null) spawnSync('taskkill', ['/pid', String(child.pid), '/T', '/F'])
    return
  }
  try {
    process.kill(-child.pid, 'SIGKILL')
  } catch {
    // The group has ended already.
  }
}
