// Makes a small secret file unreadable: overwritten in place, flushed, then taken out of its directory.
// On a magnetic disk that is the end of it. Flash writes new bytes beside the old ones and frees those
// when it likes; a journal, a snapshot or a backup may have them too. Nothing here can reach those.
// Must never: fail because a file is already gone.

import { fs, path, syncDirectory } from './fs.ts'

/** Overwrites with zeros and flushes; false where there is no such file. */
export async function overwriteFile(file: string): Promise<boolean> {
  const handle = await openIfAny(file)
  if (handle === null) return false
  try {
    await fill(handle)
  } finally {
    await handle.close()
  }
  return true
}

/** Overwrites, flushes, unlinks, and makes that durable; false where there is no such file. */
export async function shredFile(file: string): Promise<boolean> {
  if (!(await overwriteFile(file).catch(() => true))) return false
  await fs.promises.rm(file, { force: true })
  await syncDirectory(path.dirname(file))
  return true
}

/**
 * Has `write` put something else in the place of `file`, so that a reader sees the old bytes or the new, and
 * then overwrites the old ones where they stood. A kill in between leaves them in blocks that no name leads to.
 */
export async function replaceSecret(file: string, write: () => Promise<void>): Promise<void> {
  const old = await openIfAny(file)
  try {
    await write()
    if (old !== null) await fill(old)
  } finally {
    await old?.close()
  }
}

async function fill(handle: Handle): Promise<void> {
  const size = Number((await handle.stat()).size)
  const nothing = new Uint8Array(size)
  await handle.write(nothing, 0, size, 0) // one call: a key is whole or gone
  await handle.sync()
}

type Handle = Awaited<ReturnType<typeof fs.promises.open>>

async function openIfAny(file: string): Promise<Handle | null> {
  try {
    return await fs.promises.open(file, 'r+')
  } catch (err: any) {
    if (err.code === 'ENOENT' || err.code === 'ENOTDIR') return null
    throw err
  }
}
