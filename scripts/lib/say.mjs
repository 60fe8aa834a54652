// Where the repository is, how its scripts speak, and how they run a child to its end.

import { spawn } from 'node:child_process'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..')

/**
 * For Node: V8 compiles for speed later than by default, as in the command (core/runtime/process.ts). What
 * is over within seconds saves a fifth of its processor time: less of it runs often than is compiled.
 */
export const COMPILE_LATE = '--interrupt-budget=1000000'
/** For Node: V8 keeps the room for what is new as small as it begins, as in the command (cli/bin.mjs). */
export const COLLECT_OFTEN = '--semi-space-growth-factor=1'

/** @param {string} line one line for people, on stderr so that stdout stays a program's own */
export function say(line) {
  process.stderr.write(line + '\n')
}

/**
 * Does the work of a script; where that fails, says why in one line, and the script ends with 1.
 * @param {() => unknown} work
 */
export async function orSay(work, script = 'temoin') {
  try {
    await work()
  } catch (err) {
    say(`${script}: ${err.message}`)
    process.exitCode = 1
  }
}

/**
 * Runs a program with its output shown.
 * @param {string} command
 * @param {string[]} args
 * @param {import('node:child_process').SpawnOptions} [options]
 * @returns {Promise<number>} its exit code; 1 where a signal ended it
 */
export function run(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: root, stdio: 'inherit', ...options })
    child.once('error', reject)
    child.once('exit', (code) => resolve(code ?? 1))
  })
}
