// Gets out of a store with damaged tables what can still be read: a fresh store with every block that the
// tree and its author's signature prove. The damaged store goes to quarantine as it was. Can be cut short
// anywhere: the next opening begins again, or ends what was begun.
// Must never: delete the damaged store, or let a block count that was not proven.

import Corestore from 'corestore'
import HypercoreStorage from 'hypercore-storage'
import keys from 'hypercore-storage/lib/keys.js'
import { TemoinError } from '../../errors.ts'
import { exists, fs, path, syncDirectory } from '../../runtime/fs.ts'
import { copyCore } from '../copy-core.ts'
import { dropEmptyDeviceFile } from '../files/device-file.ts'
import { closeByForce } from '../opening.ts'
import { checkWal, repairWal } from '../wal/wal-check.ts'
import { SALVAGE_MARK } from './table-damage.ts'
import { WorkingCopy } from './working-copy.ts'

const FRESH = 'store.new'
const WORKING = 'store.work'
/** Beside the store while a salvage runs; a panic wipes them as well. */
export const SALVAGE_FILES = [FRESH, WORKING, SALVAGE_MARK]

export interface Salvaged {
  /** Where the damaged store is now. */
  aside: string
  /** Cores, recordings and journals alike, of which something is in the fresh store. */
  cores: number
  blocks: number
  /** Blocks that were said to be here and are not; what nobody knows of any more is not counted. */
  lostBlocks: number
}

/**
 * @param dir a device's directory, locked by this process, its store closed
 * @throws STORAGE_FULL where the disk has no room for a second store, and what the database says where
 * nothing can be read; the store is as it was then
 */
export async function salvageStore(dir: string): Promise<Salvaged> {
  const damaged = path.join(dir, 'store')
  const fresh = path.join(dir, FRESH)
  const working = new WorkingCopy(damaged, path.join(dir, WORKING))
  await fs.promises.rm(fresh, { recursive: true, force: true })
  await assertRoom(dir, damaged)
  await mendLog(dir, damaged)
  try {
    await working.make()
    const copied = await intoFresh(fresh, working)
    return { ...copied, aside: await change(dir) }
  } finally {
    await working.remove()
  }
}

/** Ends a salvage that was cut short between its two last steps. */
export async function endSalvage(dir: string): Promise<void> {
  const store = path.join(dir, 'store')
  if ((await exists(store)) || !(await exists(path.join(dir, FRESH)))) return
  await fs.promises.rename(path.join(dir, FRESH), store)
  await removeMark(dir)
}

async function intoFresh(dir: string, working: WorkingCopy): Promise<Omit<Salvaged, 'aside'>> {
  const fresh = new Corestore(new HypercoreStorage(dir))
  try {
    await fresh.ready()
    const head = (await fresh.storage.db.get(keys.store.head()))!
    const copied = await working.read(head, (source) => copyAll(source, fresh, working))
    await fresh.storage.db.flush() // out of the log and onto the disk itself
    await syncDirectory(dir)
    await fresh.close()
    return copied
  } catch (err) {
    await closeByForce(fresh)
    throw err
  }
}

async function copyAll(
  source: Corestore,
  fresh: Corestore,
  working: WorkingCopy
): Promise<Omit<Salvaged, 'aside'>> {
  const sum = { cores: 0, blocks: 0, lostBlocks: 0 }
  const onTrouble = (err: unknown): void => {
    if (working.canMend(err)) throw err
  }
  for await (const discoveryKey of source.list()) {
    const core = source.get({ discoveryKey, active: false })
    try {
      await core.ready()
      const { copied, lost } = await copyCore(core, fresh, onTrouble)
      sum.blocks += copied
      sum.lostBlocks += lost
      if (copied > 0) sum.cores++
    } catch (err) {
      onTrouble(err) // a core that does not open is fetched again whole
    } finally {
      await core.close().catch(() => {})
    }
  }
  return sum
}

/** As before any opening: a log that is damaged as well would keep the copy from opening. */
async function mendLog(dir: string, store: string): Promise<void> {
  await dropEmptyDeviceFile(store)
  const report = await checkWal(path.join(store, 'db'))
  if (report.state === 'damaged') await repairWal(report, path.join(dir, 'quarantine'))
}

async function change(dir: string): Promise<string> {
  const aside = await freeName(path.join(dir, 'quarantine', 'store'))
  await fs.promises.mkdir(path.dirname(aside), { recursive: true, mode: 0o700 })
  await fs.promises.rm(path.join(dir, 'clean'), { force: true })
  await fs.promises.rename(path.join(dir, 'store'), aside)
  await syncDirectory(dir)
  await endSalvage(dir)
  return aside
}

async function removeMark(dir: string): Promise<void> {
  await fs.promises.rm(path.join(dir, SALVAGE_MARK), { force: true })
  await syncDirectory(dir)
}

async function freeName(file: string): Promise<string> {
  let name = file
  for (let n = 1; await exists(name); n++) name = `${file}.${n}`
  return name
}

async function assertRoom(dir: string, store: string): Promise<void> {
  const { bavail, bsize } = await fs.promises.statfs(dir)
  const needed = await bytesIn(path.join(store, 'db'))
  if (Number(bavail) * Number(bsize) > needed) return
  throw new TemoinError(
    'STORAGE_FULL',
    `The store in ${dir} is damaged, and what can be read is to be copied into a fresh one: free ${Math.ceil(needed / 1e6)} MB on this disk, then start again; nothing was deleted`
  )
}

async function bytesIn(dir: string): Promise<number> {
  let sum = 0
  for (const name of (await fs.promises.readdir(dir)).map(String)) {
    sum += Number((await fs.promises.stat(path.join(dir, name))).size)
  }
  return sum
}
