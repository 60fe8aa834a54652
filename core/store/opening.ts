// How the database of a store is opened and closed where it may be damaged: mended first, given up in time,
// closed by force.
// Must never: repair before what was found is noted, or take a copy for whole that is not on the disk.

import Corestore from 'corestore'
import HypercoreStorage from 'hypercore-storage'
import { path, syncDirectory } from '../runtime/fs.ts'
import { dropEmptyDeviceFile } from './files/device-file.ts'
import { quarantineOf } from './files/quarantine.ts'
import { isDamagedTable } from './salvage/table-damage.ts'
import { checkWal } from './wal/wal-check.ts'
import type { WalReport } from './wal/wal-check.ts'
import { repairWal } from './wal/wal-repair.ts'

/**
 * Longer than any open seen (1.4 s with 100,000 cores), on a machine that does ten other things as well;
 * beyond it the database is taken for damaged.
 */
const OPEN_TIMEOUT_MS = 60_000

/**
 * Before any opening, not only after a kill: a cleanly closed store still has its newest data in the log.
 * @param note sees what was found before anything is repaired
 */
export async function mendLog(
  storeDir: string,
  note?: (report: WalReport) => Promise<void>
): Promise<WalReport> {
  await dropEmptyDeviceFile(storeDir)
  const report = await checkWal(path.join(storeDir, 'db'))
  await note?.(report)
  if (report.state === 'damaged') await repairWal(report, quarantineOf(storeDir))
  return report
}

/** Resolves once `store` is open; where it does not open it is closed again. */
export async function openInTime(store: Corestore): Promise<void> {
  try {
    await withinTime(store.ready())
  } catch (err) {
    const closing = closeByForce(store) // may never end, where opening did not
    if (isDamagedTable(err)) await closing
    throw err
  }
}

/** Reads a store that nobody has open, wherever it was moved to. */
export async function readStore<T>(
  dir: string,
  options: { readOnly?: boolean },
  work: (store: Corestore) => Promise<T>
): Promise<T> {
  const store = new Corestore(new HypercoreStorage(dir, { ...options, allowBackup: true }))
  await openInTime(store)
  try {
    return await work(store)
  } finally {
    await store.close().catch(() => closeByForce(store))
  }
}

/** Fills a store of its own; all of it is on the disk when this resolves. */
export async function fillStore<T>(
  dir: string,
  work: (store: Corestore) => Promise<T>
): Promise<T> {
  const store = new Corestore(new HypercoreStorage(dir))
  try {
    await store.ready()
    const done = await work(store)
    await store.storage.db.flush() // out of the log and onto the disk itself
    await syncDirectory(dir)
    await store.close()
    return done
  } catch (err) {
    await closeByForce(store)
    throw err
  }
}

/**
 * A database that has met a full disk refuses the last write of a close as well; Corestore then gives up
 * half-way, and the directory could not be opened again. What was not written was never called durable.
 */
export async function closeByForce({ storage }: Pick<Corestore, 'storage'>): Promise<void> {
  for (const part of [storage.db, storage.rocks, storage.deviceFile]) {
    await part?.close().catch(() => {})
  }
}

async function withinTime(work: Promise<void>): Promise<void> {
  let timer: Timer | null = null
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(
      () => reject(new Error('The database did not open in time')),
      OPEN_TIMEOUT_MS
    )
  })
  try {
    await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}
