// One moment of a database that goes on being written to. RocksDB never changes a table or blob file it has
// named, appends to its logs, and says in its manifest which files count: with links to the first, copies of
// the others, and a manifest and a set of logs that were the same before and after, all of it belongs
// together. A record that was being written stands unfinished at the end of the copied log, as after a kill.
// Source: RocksDB wiki, "MANIFEST" and "Checkpoints" (which does the same from inside).
// Must never: write to the database, or hold up who writes to it.

import { TemoinError } from '../../errors.ts'
import { fs, path } from '../../runtime/fs.ts'

/** Never changed once they are named. */
const FIXED = /\.(sst|blob)$/
/** Of the process that has it open. */
const LEFT_OUT = /^(LOCK|LOG.*)$/
const LOGS = /^\d+\.log$/
/** A manifest changes when some megabytes have come in: a second under twenty films. */
const TRIES = 50
const PAUSE_MS = 50

/**
 * @param database a directory of RocksDB, on the same file system as `into`
 * @param into to be made
 * @throws STORAGE_LOCKED where the database changed each time
 */
export async function freeze(database: string, into: string): Promise<void> {
  for (let attempt = 0; attempt < TRIES; attempt++) {
    if (await takeOnce(database, into)) return
    await new Promise<void>((resolve) => void setTimeout(resolve, PAUSE_MS))
  }
  throw new TemoinError(
    'STORAGE_LOCKED',
    'Too much is written to the store just now to copy it: try again when less is filmed'
  )
}

async function takeOnce(database: string, into: string): Promise<boolean> {
  await fs.promises.rm(into, { recursive: true, force: true })
  await fs.promises.mkdir(into, { mode: 0o700 })
  try {
    const before = await momentOf(database)
    for (const name of await namesIn(database)) {
      if (!LEFT_OUT.test(name)) await take(path.join(database, name), path.join(into, name))
    }
    return (await momentOf(database)) === before
  } catch (err: any) {
    if (err.code === 'ENOENT') return false // deleted since it was listed
    throw err
  }
}

/** What changes where the database does: its manifest, and which logs there are. */
async function momentOf(database: string): Promise<string> {
  const manifest = String(await fs.promises.readFile(path.join(database, 'CURRENT'))).trim()
  const { size } = await fs.promises.stat(path.join(database, manifest))
  const logs = (await namesIn(database)).filter((name) => LOGS.test(name))
  return [manifest, size, ...logs.sort()].join(' ')
}

async function take(from: string, to: string): Promise<void> {
  if (!FIXED.test(from)) return fs.promises.copyFile(from, to) as Promise<void>
  try {
    await fs.promises.link(from, to)
  } catch (err: any) {
    if (err.code === 'ENOENT') throw err
    await fs.promises.copyFile(from, to) // where the file system has no links
  }
}

async function namesIn(dir: string): Promise<string[]> {
  return (await fs.promises.readdir(dir)).map(String)
}
