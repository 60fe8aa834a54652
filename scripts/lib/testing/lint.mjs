// The lint as one job of a test run: the form (prettier) and the rules (eslint).

import { spawn } from 'node:child_process'
import path from 'node:path'
import { COMPILE_LATE, root } from '../say.mjs'

/** Of files whose content it has seen. The rules have no such memory: they look across files. */
const REMEMBER = ['--cache', '--cache-strategy', 'content', '--cache-location', '.cache/prettier']
/**
 * The rules keep the types of everything, and read them over and over: that pays for compiling for speed
 * before COMPILE_LATE would, and for room, in MB, in which what is new is not copied about.
 */
const MUCH_MEMORY = [
  '--interrupt-budget=300000',
  '--min-semi-space-size=32',
  '--max-semi-space-size=128'
]
const CHECKS = [
  {
    flags: [COMPILE_LATE],
    tool: ['prettier/bin/prettier.cjs', '--check', '--log-level', 'warn', ...REMEMBER, '.']
  },
  { flags: MUCH_MEMORY, tool: ['eslint/bin/eslint.js', '.'] }
]

/** @returns {Promise<import('./tap.mjs').Result & { output: string, seconds: number }>} */
export async function lint() {
  const startedAtMs = Date.now()
  let output = ''
  let failed = 0
  for (const { flags, tool } of CHECKS) {
    const [program, ...args] = tool
    const ended = await capture([...flags, path.join(root, 'node_modules', program), ...args])
    output += ended.output
    if (ended.code !== 0) failed++
  }
  const seconds = (Date.now() - startedAtMs) / 1000
  const problem = failed === 0 ? null : 'run `npm run format`, then `npm run lint`'
  return { passed: 0, failed, skipped: 0, problem, output, seconds }
}

function capture(args) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe']
    })
    let output = ''
    child.stdout.setEncoding('utf8').on('data', (chunk) => (output += chunk))
    child.stderr.setEncoding('utf8').on('data', (chunk) => (output += chunk))
    child.once('close', (code) => resolve({ output, code }))
  })
}
