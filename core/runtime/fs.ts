// The file system, as the engine sees it. The only file that names #fs.
// Must never: decide anything; that belongs to whoever calls it.

import fs from '#fs'
import path from '#path'

export { fs, path }

/** Opens, writes, syncs and renames, so that a reader sees the old bytes or the new ones, never a mix. */
export async function writeFileAtomic(
  file: string,
  bytes: Uint8Array,
  mode = 0o600
): Promise<void> {
  const tmp = file + '.tmp'
  const fd = await fs.promises.open(tmp, 'w', mode)
  try {
    await fd.write(bytes, 0, bytes.byteLength, 0)
    await fd.sync()
  } finally {
    await fd.close()
  }
  await fs.promises.rename(tmp, file)
  await syncDirectory(path.dirname(file))
}

/** Of the files in this directory together, not of those below. */
export async function bytesIn(dir: string): Promise<number> {
  let sum = 0
  for (const name of await namesIn(dir)) {
    sum += Number((await fs.promises.stat(path.join(dir, name))).size)
  }
  return sum
}

/** Makes a rename or a new file in `dir` durable. Windows cannot sync a directory: skipped there. */
export async function syncDirectory(dir: string): Promise<void> {
  try {
    const fd = await fs.promises.open(dir, 'r')
    try {
      await fd.sync()
    } finally {
      await fd.close()
    }
  } catch (err: any) {
    if (err.code !== 'EISDIR' && err.code !== 'EPERM' && err.code !== 'EACCES') throw err
  }
}

/** The file's bytes, or null where there is none. */
export async function readFileIfAny(file: string): Promise<Uint8Array | null> {
  try {
    return (await fs.promises.readFile(file)) as Uint8Array
  } catch (err: any) {
    if (err.code === 'ENOENT') return null
    throw err
  }
}

/** Bytes that the disk under `dir` can still take; null where the system does not say. */
export async function freeBytesOf(dir: string): Promise<number | null> {
  try {
    const { bavail, bsize } = await fs.promises.statfs(dir)
    return Number(bavail) * Number(bsize)
  } catch {
    return null
  }
}

/**
 * Makes a directory and those above it that are missing, one by one: asked for all at once, Node tries for
 * ever where the system says that a directory just made is not there (as below /proc).
 * @param mode of those made
 */
export async function makeDirectories(dir: string, mode: number): Promise<void> {
  try {
    await fs.promises.mkdir(dir, { mode })
  } catch (err: any) {
    if (err.code === 'EEXIST' && (await fs.promises.stat(dir)).isDirectory()) return
    const above = path.dirname(dir)
    if (err.code !== 'ENOENT' || above === dir || (await exists(above))) throw err
    await makeDirectories(above, mode)
    await fs.promises.mkdir(dir, { mode })
  }
}

export async function exists(file: string): Promise<boolean> {
  try {
    await fs.promises.stat(file)
    return true
  } catch {
    return false
  }
}

/** What is in a directory, by name. */
export async function namesIn(dir: string): Promise<string[]> {
  return (await fs.promises.readdir(dir)).map(String)
}

/** A file, or a directory with all there is in it; nothing where there is none. */
export async function removeTree(file: string): Promise<void> {
  await fs.promises.rm(file, { recursive: true, force: true })
}
