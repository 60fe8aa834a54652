// One moment of a database that goes on being written to. RocksDB never changes a table or blob file it has
// named, appends to its logs, and says in its manifest which files count: with links to the first, copies of
// the others, and a manifest and a set of logs that were the same before and after, all of it belongs
// together. A record that was being written stands unfinished at the end of the copied log, as after a kill.
// Source: RocksDB wiki, "MANIFEST" and "Checkpoints" (which does the same from inside).
// Must never: write to the database, or hold up who writes to it.

import { TemoinError } from '../../errors.ts'
import { RESERVE_BYTES } from '../../limits.ts'
import { exists, freeBytesOf, fs, namesIn, path, removeTree } from '../../runtime/fs.ts'

/** Never changed once they are named. */
const FIXED = /\.(sst|blob)$/
/** Of the process that has it open. */
const LEFT_OUT = /^(LOCK|LOG.*)$/
const LOGS = /^\d+\.log$/
/** A manifest changes when some megabytes have come in: a second under twenty films. */
const TRIES = 50
const PAUSE_MS = 50

/**
 * What never changes is taken once, however often the rest has to be: so it ends, on a large store as well.
 * @param database a directory of RocksDB, on the same file system as `into`
 * @param into to be made
 * @throws STORAGE_LOCKED where the database changed each time, STORAGE_FULL where tables have to be copied
 * and have no room
 */
export async function freeze(database: string, into: string): Promise<void> {
  await removeTree(into)
  await fs.promises.mkdir(into, { mode: 0o700 })
  const linked = new Set<string>()
  for (let attempt = 0; attempt < TRIES; attempt++) {
    if (await takeOnce(database, into, linked)) return
    await new Promise<void>((resolve) => void setTimeout(resolve, PAUSE_MS))
  }
  throw new TemoinError(
    'STORAGE_LOCKED',
    'Too much is written to the store just now to copy it: try again when less is filmed'
  )
}

/**
 * @param linked names that were, in this try or earlier
 * @returns whether it is all of one moment
 */
async function takeOnce(database: string, into: string, linked: Set<string>): Promise<boolean> {
  try {
    const before = await momentOf(database)
    const names = new Set((await namesIn(database)).filter((name) => !LEFT_OUT.test(name)))
    for (const name of await namesIn(into)) {
      if (!names.has(name)) await fs.promises.rm(path.join(into, name))
    }
    for (const name of names) {
      if (linked.has(name)) continue
      const isLink = await take(path.join(database, name), path.join(into, name))
      if (isLink) linked.add(name)
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

/** @returns true for a link, which is what it leads to whatever comes; a copy may be of half a table */
async function take(from: string, to: string): Promise<boolean> {
  if (FIXED.test(from)) {
    try {
      await fs.promises.link(from, to)
      return true
    } catch (err: any) {
      if (err.code === 'ENOENT') throw err
    }
    if (await isSameSize(from, to)) return false // of an earlier try
    await assertRoom(from, to)
  }
  await fs.promises.copyFile(from, to)
  return false
}

async function isSameSize(one: string, other: string): Promise<boolean> {
  if (!(await exists(other))) return false
  const [a, b] = [await fs.promises.stat(one), await fs.promises.stat(other)]
  return a.size === b.size
}

/** The copy goes onto the device's own disk for a while, which must not stop what it records. */
async function assertRoom(from: string, to: string): Promise<void> {
  const { size } = await fs.promises.stat(from)
  const free = await freeBytesOf(path.dirname(to))
  if (free === null || free - Number(size) > RESERVE_BYTES) return
  throw new TemoinError(
    'STORAGE_FULL',
    'The disk of this device has no links, and no room for a second store beside it: free as much as the store takes, or stop the device and copy its directory'
  )
}
