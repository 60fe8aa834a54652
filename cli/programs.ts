// Other programs of this machine: where they are.

import process from '#process'
import { exists, path } from '../core/runtime/fs.ts'

/**
 * Where a program is, or null. Looked up here, since a spawn that fails leaves Bare unable to exit.
 */
export async function onPath(program: string): Promise<string | null> {
  const windows = process.platform === 'win32'
  const folders = (process.env['PATH'] ?? '').split(windows ? ';' : ':').filter(Boolean)
  for (const folder of folders) {
    const file = path.join(folder, windows ? `${program}.exe` : program)
    if (await exists(file)) return file
  }
  return null
}
