// Finds a program before it is started. Not for comfort: under bare-subprocess 6.2.0 a start that
// fails leaves a handle with process id 0, and its teardown at exit sends SIGTERM to that, which is
// the whole process group: the test runner and the shell with it.

import process from '#process'
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
