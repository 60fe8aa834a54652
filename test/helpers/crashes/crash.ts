// What a device leaves on its disk when the power goes: a copy of its directory while it runs. The
// file that lets Corestore tell a store from a copy of it stays behind, so that the copy opens.

import type { Assert } from 'brittle'
import { fs, path } from '../../../core/runtime/fs.ts'

const LEFT_BEHIND = new Set(['CORESTORE', 'lock', 'LOCK'])

/** Copies the storage directory of a running device. @returns the copy's path */
export async function crashCopy(t: Assert, dir: string): Promise<string> {
  const copy = await t.tmp()
  await copyDirectory(dir, copy)
  return copy
}

async function copyDirectory(from: string, to: string): Promise<void> {
  await fs.promises.mkdir(to, { recursive: true })
  for (const name of await namesIn(from)) {
    if (LEFT_BEHIND.has(name)) continue
    await copyIfThere(path.join(from, name), path.join(to, name))
  }
}

/** A file that is just being replaced may be gone by now: so it would be after a crash. */
async function copyIfThere(source: string, target: string): Promise<void> {
  try {
    if ((await fs.promises.stat(source)).isDirectory()) await copyDirectory(source, target)
    else await fs.promises.copyFile(source, target)
  } catch (err: any) {
    if (err.code !== 'ENOENT') throw err
  }
}

/** Every file under `dir`, whole. */
export async function* filesIn(dir: string): AsyncGenerator<{ file: string; bytes: Uint8Array }> {
  for (const name of await namesIn(dir)) {
    const file = path.join(dir, name)
    if ((await fs.promises.stat(file)).isDirectory()) yield* filesIn(file)
    else yield { file, bytes: (await fs.promises.readFile(file)) as Uint8Array }
  }
}

async function namesIn(dir: string): Promise<string[]> {
  return (await fs.promises.readdir(dir)).map(String)
}
