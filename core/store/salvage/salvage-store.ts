// Gets out of a store with damaged tables what can still be read: a fresh store with every block that the
// tree and its author's signature prove. The damaged store goes to quarantine as it was. Can be cut short
// anywhere: the next opening begins again, or ends what was begun.
// Must never: delete the damaged store, or let a block count that was not proven.

import type Corestore from 'corestore'
import keys from 'hypercore-storage/lib/keys.js'
import { TemoinError } from '../../errors.ts'
import {
  bytesIn,
  exists,
  freeBytesOf,
  fs,
  path,
  removeTree,
  syncDirectory
} from '../../runtime/fs.ts'
import { copyCore } from '../copy-core.ts'
import { removeMark } from '../files/mark.ts'
import { freeName, quarantineOf } from '../files/quarantine.ts'
import { fillStore, mendLog } from '../opening.ts'
import { SALVAGE_MARK } from './table-damage.ts'
import { WorkingCopy } from './working-copy.ts'

/** Whole: nothing has this name before all of it is on the disk. */
const FRESH = 'store.new'
const FILLING = FRESH + '.tmp'
const WORKING = 'store.work'
/** What a salvage makes beside the store. */
const MADE = [FILLING, FRESH, WORKING]
/** Beside the store while one runs; a panic wipes them as well. */
export const SALVAGE_FILES = [...MADE, SALVAGE_MARK]

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
  const filling = path.join(dir, FILLING)
  const working = new WorkingCopy(damaged, path.join(dir, WORKING))
  await discard(dir, MADE)
  await assertRoom(dir, damaged)
  await mendLog(damaged) // a log that is damaged as well would keep the copy from opening
  try {
    await working.make()
    const copied = await intoFresh(filling, working)
    await fs.promises.rename(filling, path.join(dir, FRESH))
    return { ...copied, aside: await putInPlace(dir) }
  } finally {
    await discard(dir, [FILLING, WORKING]) // a whole one may be all there is by now
  }
}

/**
 * Ends a salvage that was cut short between its two last steps, and gives up one whose store is gone: where
 * nothing can be salvaged, its owner is told to move it aside.
 */
export async function endSalvage(dir: string): Promise<void> {
  const store = path.join(dir, 'store')
  const fresh = path.join(dir, FRESH)
  if (await exists(path.join(store, 'db'))) return
  if (!(await exists(store)) && (await exists(fresh))) await fs.promises.rename(fresh, store)
  await discard(dir, MADE)
  await removeMark(path.join(dir, SALVAGE_MARK))
}

async function discard(dir: string, names: string[]): Promise<void> {
  for (const name of names) {
    await removeTree(path.join(dir, name))
  }
}

function intoFresh(dir: string, working: WorkingCopy): Promise<Omit<Salvaged, 'aside'>> {
  return fillStore(dir, async (fresh) => {
    const head = (await fresh.storage.db.get(keys.store.head()))!
    return working.read(head, (source) => copyAll(source, fresh, working))
  })
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

/** @returns where the damaged store is now */
async function putInPlace(dir: string): Promise<string> {
  const store = path.join(dir, 'store')
  const aside = await freeName(path.join(quarantineOf(store), 'store'))
  await fs.promises.mkdir(path.dirname(aside), { recursive: true, mode: 0o700 })
  await fs.promises.rm(path.join(dir, 'clean'), { force: true })
  await fs.promises.rename(store, aside)
  await syncDirectory(dir)
  await endSalvage(dir)
  return aside
}

async function assertRoom(dir: string, store: string): Promise<void> {
  const free = await freeBytesOf(dir)
  const needed = await bytesIn(path.join(store, 'db'))
  if (free === null || free > needed) return
  throw new TemoinError(
    'STORAGE_FULL',
    `The store in ${dir} is damaged, and what can be read is to be copied into a fresh one: free ${Math.ceil(needed / 1e6)} MB on this disk, then start again; nothing was deleted`
  )
}
