// Copies a device's directory while its device runs: what it remembers first, then one moment of its store,
// so that nothing is remembered of a store that is not there yet. The copy is that device only once its
// owner says so (`adoptCopy`).
// Must never: leave a copy that looks whole and is not, or hold up the device.

import { TemoinError } from '../../errors.ts'
import { exists, fs, namesIn, path, syncDirectory } from '../../runtime/fs.ts'
import { openFile } from '../files/open-file.ts'
import { SAFE_FILE } from '../files/safe-file.ts'
import { SALVAGE_FILES } from '../salvage/salvage-store.ts'
import { isSalvageDue, partUnreadable } from '../salvage/table-damage.ts'
import { checkWal } from '../wal/wal-check.ts'
import { freeze } from './frozen.ts'
import { MOMENT, withMoment } from './moment.ts'
import { inPart } from './part.ts'

/** Of the process that runs, or said of this directory and this day alone. */
const LEFT_OUT = new Set([
  ...[
    'lock',
    'pid',
    'lock-request',
    'lock-done',
    'clean',
    'store',
    'quarantine',
    SAFE_FILE,
    MOMENT
  ],
  ...SALVAGE_FILES
])

type OnBytes = (bytes: number) => void

/**
 * @param dir a device's directory
 * @param target must not be there yet, or be empty
 * @param onBytes told of each file that has been copied; what it throws ends the copying, and nothing is left
 * @throws BAD_INPUT where `target` or its unfinished name holds something, STORAGE_LOCKED where the store is being copied already,
 * another one to the same place, or it changes too fast, STORAGE_DAMAGED where its logs, its index or a table are
 */
export async function copyRunning(dir: string, target: string, onBytes: OnBytes): Promise<void> {
  await assertFree(target)
  await assertWhole(dir)
  await withMoment(dir, (moment) =>
    inPart(path.resolve(target), async (part) => {
      await copyMemory(dir, part, onBytes)
      const store = path.join(dir, 'store')
      if (await exists(store)) await copyStore(store, path.join(part, 'store'), moment, onBytes)
      await assertWhole(dir) // it may have been found, and begun with, meanwhile
    })
  )
}

/** All but the store; what its device removes meanwhile was of no use any more. */
async function copyMemory(dir: string, to: string, onBytes: OnBytes): Promise<void> {
  for (const name of await namesIn(dir)) {
    if (LEFT_OUT.has(name) || name.endsWith('.tmp')) continue
    try {
      await copyAny(path.join(dir, name), path.join(to, name), onBytes)
    } catch (err: any) {
      if (err.code !== 'ENOENT') throw err
    }
  }
}

async function copyStore(
  store: string,
  to: string,
  moment: string,
  onBytes: OnBytes
): Promise<void> {
  await fs.promises.mkdir(to, { mode: 0o700 })
  for (const name of await namesIn(store)) {
    if (name !== 'db') await copyAny(path.join(store, name), path.join(to, name), onBytes)
  }
  await freezeWhole(path.join(store, 'db'), moment)
  await copyAny(moment, path.join(to, 'db'), onBytes)
  await syncDirectory(to)
}

/** A record that was being written ends a log as a kill would; what else is wrong with it is looked at twice. */
async function freezeWhole(database: string, moment: string): Promise<void> {
  await freeze(database, moment)
  if (!(await isDamaged(moment))) return
  await freeze(database, moment)
  if (await isDamaged(moment)) throw damaged(database)
}

async function isDamaged(database: string): Promise<boolean> {
  try {
    return (await checkWal(database)).state === 'damaged'
  } catch (err) {
    if (TemoinError.is(err, 'STORAGE_DAMAGED')) return true // its index
    throw err
  }
}

/** A file, or a directory with all there is in it; on the disk itself when this resolves. */
async function copyAny(from: string, to: string, onBytes: OnBytes): Promise<void> {
  const { size, isDirectory } = await kindOf(from)
  if (isDirectory) {
    await fs.promises.mkdir(to, { mode: 0o700 })
    for (const name of await namesIn(from)) {
      await copyAny(path.join(from, name), path.join(to, name), onBytes)
    }
    return syncDirectory(to)
  }
  await fs.promises.copyFile(from, to)
  const handle = await openFile(to, 'r+')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
  onBytes(size)
}

async function kindOf(file: string): Promise<{ size: number; isDirectory: boolean }> {
  const found = await fs.promises.stat(file)
  return { size: Number(found.size), isDirectory: found.isDirectory() }
}

async function assertWhole(dir: string): Promise<void> {
  if (await isSalvageDue(dir)) throw new TemoinError('STORAGE_DAMAGED', partUnreadable(dir))
}

async function assertFree(target: string): Promise<void> {
  if (!(await exists(target)) || (await namesIn(target)).length === 0) return
  throw new TemoinError(
    'BAD_INPUT',
    `There is something in ${target} already: name a directory that is new`
  )
}

function damaged(database: string): TemoinError {
  return new TemoinError(
    'STORAGE_DAMAGED',
    `The database in ${database} is damaged, and a copy would be as well: start the device anew, which mends it or says what to do, then copy it`
  )
}
