// A desktop on which files are opened by a program of the test's, so that no browser starts: it notes what it
// was started with, and copies the file, which goes once it was used.

import process from '#process'
import { fs, path } from '../../../core/runtime/fs.ts'
import { eventually } from '../eventually.ts'

export interface Desktop {
  /** For a process that runs on it. */
  env: Record<string, string>
  /** Resolves once something was opened. */
  opened(): Promise<{ words: string; copy: string }>
}

/** @param dir is made */
export async function createDesktop(dir: string): Promise<Desktop> {
  const [seen, copy] = [path.join(dir, 'seen'), path.join(dir, 'copy.html')]
  const lines = [
    '#!/bin/sh',
    `cp "$1" ${copy}`,
    `echo "$@" > ${seen}.tmp`,
    `mv ${seen}.tmp ${seen}`
  ]
  await fs.promises.mkdir(dir)
  await fs.promises.writeFile(path.join(dir, 'xdg-open'), lines.join('\n'), { mode: 0o700 })
  return {
    env: { DISPLAY: ':7', PATH: `${dir}:${process.env['PATH']}` },
    opened: async () => {
      await eventually(() => fs.existsSync(seen))
      return { words: String(fs.readFileSync(seen)).trim(), copy }
    }
  }
}
