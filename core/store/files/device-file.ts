// Corestore's device file (CORESTORE), which tells a store from a copy of it. Corestore writes it once
// and never syncs it, so a power cut in the first seconds of a store's life leaves it empty, and
// Corestore then refuses the whole store ("Invalid device file, was moved unsafely"). WalSync syncs
// it with the first blocks it calls durable; this covers a store that fell before.

import { TemoinError } from '../../errors.ts'
import { exists, fs, path, readFileIfAny, syncDirectory } from '../../runtime/fs.ts'
import { UNFINISHED } from '../backup/part.ts'
import { LOSS_FILE } from './loss-note.ts'
import { setMark } from './mark.ts'
import { removeSafeList } from './safe-file.ts'

/**
 * Removes an empty device file, so that Corestore writes it anew; true where it did. One with
 * content is left alone: a copied store keeps being refused.
 * @param storeDir a Corestore's directory that no process has open
 */
export async function dropEmptyDeviceFile(storeDir: string): Promise<boolean> {
  const file = path.join(storeDir, 'CORESTORE')
  const bytes = await readFileIfAny(file)
  if (bytes === null || bytes.some((byte) => byte !== 0)) return false
  await fs.promises.rm(file)
  return true
}

/**
 * Makes a copy of a device's directory a device that opens: for who restores a backup, or moves house. The
 * mark of a clean close goes as well, so that nothing is appended where the original may have gone on: its
 * journals begin anew. What the original signed for after the copy was made is not here: that is told as a
 * loss, and so may the other holders have lost some: nothing counts as safe until it is looked at here.
 * The original must never run again; nobody but its owner can see to that.
 * @param dir a device's directory that no process has open
 * @throws STORAGE_DAMAGED where the backup was cut short
 */
export async function adoptCopy(dir: string): Promise<void> {
  if (await exists(path.join(dir, UNFINISHED))) throw isUnfinished(dir)
  await setMark(path.join(dir, LOSS_FILE))
  await removeSafeList(dir)
  for (const file of ['clean', 'pid', path.join('store', 'CORESTORE')]) {
    await fs.promises.rm(path.join(dir, file), { force: true })
  }
  await syncDirectory(path.join(dir, 'store'))
  await syncDirectory(dir)
}

function isUnfinished(dir: string): TemoinError {
  return new TemoinError(
    'STORAGE_DAMAGED',
    `The backup in ${dir} was cut short, and is not all of the device: use another one`
  )
}
