// The lint as one job of a test run: the form (prettier) and the rules (eslint).

import { spawn } from 'node:child_process'
import path from 'node:path'
import { COMPILE_LATE, root } from '../say.mjs'

/** Of files whose content it has seen. The rules have no such memory: they look across files. */
const REMEMBER = ['--cache', '--cache-strategy', 'content', '--cache-location', '.cache/prettier']
const CHECKS = [
  ['prettier/bin/prettier.cjs', '--check', '--log-level', 'warn', ...REMEMBER, '.'],
  ['eslint/bin/eslint.js', '.']
]

/** @returns {Promise<import('./tap.mjs').Result & { output: string, seconds: number }>} */
export async function lint() {
  const startedAtMs = Date.now()
  let output = ''
  let failed = 0
  for (const [tool, ...args] of CHECKS) {
    const ended = await capture([path.join(root, 'node_modules', tool), ...args])
    output += ended.output
    if (ended.code !== 0) failed++
  }
  const seconds = (Date.now() - startedAtMs) / 1000
  const problem = failed === 0 ? null : 'run `npm run format`, then `npm run lint`'
  return { passed: 0, failed, skipped: 0, problem, output, seconds }
}

function capture(args) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [COMPILE_LATE, ...args], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe']
    })
    let output = ''
    child.stdout.setEncoding('utf8').on('data', (chunk) => (output += chunk))
    child.stderr.setEncoding('utf8').on('data', (chunk) => (output += chunk))
    child.once('close', (code) => resolve({ output, code }))
  })
}
