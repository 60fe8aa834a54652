// Runs one test file in a process of its own, under Node or Bare, and never leaves a process behind:
// at its time limit, or when the run is interrupted, the whole process group is ended.

import { spawn, spawnSync } from 'node:child_process'
import fs from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { root } from './say.mjs'
import { readTap } from './tap.mjs'

const BRITTLE = path.join(root, 'node_modules/brittle/cmd.js')
/** For a single test, where it asks for no more itself: the machine may do ten other things. */
const TEST_MS = '120000'
const running = new Set()

/**
 * `file` is named from the root, with forward slashes: brittle takes it for a pattern.
 * @param {{ file: string, runtime: 'node' | 'bare', timeoutMs: number }} job
 * @returns {Promise<import('./tap.mjs').Result & { output: string, seconds: number }>}
 */
export async function runFile({ file, runtime, timeoutMs }) {
  const startedAtMs = Date.now()
  const child = start(runtime, file)
  let timedOut = false
  const timer = setTimeout(() => {
    timedOut = true
    endGroup(child)
  }, timeoutMs)
  const { output, code } = await ended(child)
  clearTimeout(timer)
  const seconds = (Date.now() - startedAtMs) / 1000
  return { ...readTap(output, { code, timedOut }), output, seconds }
}

/** What the process printed, and its exit code. Processes it left behind are ended with it. */
function ended(child) {
  return new Promise((resolve) => {
    let output = ''
    const collect = (chunk) => (output += chunk)
    child.stdout.setEncoding('utf8').on('data', collect)
    child.stderr.setEncoding('utf8').on('data', collect)
    child.once('error', (err) => collect(err.message + '\n'))
    child.once('exit', () => endGroup(child))
    child.once('close', (code) => {
      running.delete(child)
      resolve({ output, code })
    })
  })
}

/** Ends every test process still running: for who interrupts the run. */
export function endAll() {
  for (const child of running) endGroup(child)
}

function start(runtime, file) {
  const program = runtime === 'bare' ? bare() : process.execPath
  const child = spawn(program, [BRITTLE, '--timeout', TEST_MS, file], {
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
