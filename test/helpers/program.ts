// Finds a program before it is started, and runs it to its end. Not for comfort: under bare-subprocess
// 6.2.0 a start that fails leaves a handle with process id 0, and its teardown at exit sends SIGTERM to
// that, which is the whole process group: the test runner and the shell with it.

import process from '#process'
import { spawn } from '#subprocess'
import { fs, path } from '../../core/runtime/fs.ts'

/** Full path of a program on PATH, or null. */
export function findProgram(name: string): string | null {
  const dirs = (process.env.PATH ?? '').split(path.delimiter).filter((dir) => dir !== '')
  const file = process.platform === 'win32' ? `${name}.exe` : name
  return dirs.map((dir) => path.join(dir, file)).find(isFile) ?? null
}

function isFile(file: string): boolean {
  try {
    return fs.statSync(file).isFile()
  } catch {
    return false
  }
}

export interface Ran {
  code: number | null
  out: string
  err: string
}

/** Null where there is no program of that name. */
export async function runProgram(name: string, args: string[]): Promise<Ran | null> {
  const program = findProgram(name)
  return program === null ? null : runToEnd(program, args)
}

function runToEnd(program: string, args: string[]): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] })
    const ran: Ran = { code: null, out: '', err: '' }
    // Exit can come before the last output: three ends make one.
    let open = 3
    const done = () => {
      if (--open === 0) resolve(ran)
    }
    child.on('error', reject)
    child.on('exit', (code) => {
      ran.code = code
      done()
    })
    child.stdout!.on('data', (data) => (ran.out += String(data))).on('end', done)
    child.stderr!.on('data', (data) => (ran.err += String(data))).on('end', done)
  })
}
