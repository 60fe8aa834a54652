// Where one moment of a store stands while it is copied, beside that store. Links in it keep on the disk
// what is deleted from the store: so nothing is erased while one is taken, and what a killed backup has left
// goes with the next opening.
// Must never: be removed while who made it runs.

import { TemoinError } from '../../errors.ts'
import { exists, fs, path, removeTree } from '../../runtime/fs.ts'
import { FileLock } from '../../runtime/lock.ts'

/** Links take no room, unless the device runs on for long. */
export const MOMENT = 'backup.part'

/**
 * Holds it while `work` runs; whatever was in it is gone before and after.
 * @param dir a device's directory
 * @param work is given the directory that is to be made for the database
 * @throws STORAGE_LOCKED where it is held already
 */
export async function withMoment<T>(
  dir: string,
  work: (database: string) => Promise<T>
): Promise<T> {
  const moment = path.join(dir, MOMENT)
  const database = path.join(moment, 'db')
  await fs.promises.mkdir(moment, { recursive: true, mode: 0o700 })
  const lock = new FileLock()
  if (!lock.take(path.join(moment, 'lock'))) throw isHeld(dir)
  try {
    await removeTree(database)
    return await work(database)
  } finally {
    await removeTree(database)
    lock.release()
    await removeTree(moment)
  }
}

/** Removes what a killed backup has left; that of one that runs stays. */
export async function dropMoment(dir: string): Promise<void> {
  if (!(await exists(path.join(dir, MOMENT)))) return
  await withMoment(dir, async () => {}).catch(() => {}) // at the latest before anything is erased
}

function isHeld(dir: string): TemoinError {
  return new TemoinError(
    'STORAGE_LOCKED',
    `${dir} is being copied, or a circle deleted from it: wait for that to end, then give this again`
  )
}
