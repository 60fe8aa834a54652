// A package in a folder, for the verifier. The only file of the verifier that touches a disk.
// Must never: follow a link, or walk further than any package goes.

import b4a from 'b4a'
import { TemoinError, systemCode } from '../../errors.ts'
import { fs, path } from '../../runtime/fs.ts'
import { MAX_FILES } from '../layout.ts'
import type { PackageFiles } from './package-files.ts'

/** Folders inside folders; a package has two. */
const MAX_DEPTH = 6

/** @throws TemoinError BAD_INPUT, from any call, where `dir` is no folder or cannot be read */
export function directoryFiles(dir: string): PackageFiles {
  const fileOf = (name: string) => path.join(dir, ...name.split('/'))
  return {
    async list() {
      const names: string[] = []
      await walk(dir, '', 0, names)
      return names
    },
    size: (name) => sizeOf(fileOf(name)),
    read: (name, offset, length) => readAt(fileOf(name), offset, length)
  }
}

/** Stops one name past the limit: the verifier then says that this is no package. */
async function walk(dir: string, prefix: string, depth: number, names: string[]): Promise<void> {
  for (const entry of await entriesOf(dir)) {
    if (names.length > MAX_FILES) return
    const name = prefix + entry.name
    const deeper = entry.isDirectory() && depth < MAX_DEPTH
    if (deeper) await walk(path.join(dir, entry.name), name + '/', depth + 1, names)
    else names.push(name)
  }
}

async function entriesOf(dir: string): Promise<{ name: string; isDirectory(): boolean }[]> {
  try {
    return (await fs.promises.readdir(dir, { withFileTypes: true })) as any
  } catch (err) {
    throw unreadable(dir, err)
  }
}

async function sizeOf(file: string): Promise<number> {
  try {
    const stat = await fs.promises.lstat(file)
    return stat.isFile() ? Number(stat.size) : -1
  } catch (err) {
    if (systemCode(err) === 'ENOENT') return -1
    throw unreadable(file, err)
  }
}

async function readAt(file: string, offset: number, length: number): Promise<Uint8Array> {
  const bytes = b4a.allocUnsafeSlow(length)
  let done = 0
  try {
    const handle = await fs.promises.open(file, 'r')
    try {
      while (done < length) {
        const result: any = await handle.read(bytes, done, length - done, offset + done)
        if (result.bytesRead === 0) break
        done += result.bytesRead
      }
    } finally {
      await handle.close()
    }
  } catch (err) {
    throw unreadable(file, err)
  }
  return bytes.subarray(0, done)
}

function unreadable(file: string, cause: unknown): TemoinError {
  const code = systemCode(cause)
  const what =
    code === 'ENOENT' ? 'does not exist' : code === 'ENOTDIR' ? 'is not a folder' : 'cannot be read'
  const message = `${file} ${what}: name the folder of an evidence package you may read`
  return new TemoinError('BAD_INPUT', message, { cause })
}
