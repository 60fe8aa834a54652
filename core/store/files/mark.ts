// Files beside a store that say something of it across a kill by being there.

import { fs, path, syncDirectory, writeFileAtomic } from '../../runtime/fs.ts'

export function setMark(file: string): Promise<void> {
  return writeFileAtomic(file, new Uint8Array(0))
}

export async function removeMark(file: string): Promise<void> {
  await fs.promises.rm(file, { force: true })
  await syncDirectory(path.dirname(file))
}
