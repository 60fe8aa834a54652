// The file `safe`: which recordings held here others hold as well, by their receipts. Read by a panic
// alone, which may have no key left to open the journals that say it. Older than the truth it does harm
// where a holder was revoked, has lost something or leaves since: the only copy could go. So it is written
// anew soon after each start, and is of no backup.
// Must never: list what no other device has signed for.

import { safeList } from '../../encoding/memory/safe-list.ts'
import type { SafeRecording } from '../../encoding/memory/safe-list.ts'
import { decode, encode } from '../../encoding/wire.ts'
import { fs, path, readFileIfAny, writeFileAtomic } from '../../runtime/fs.ts'

export const SAFE_FILE = 'safe'

export function saveSafeList(dir: string, recordings: SafeRecording[]): Promise<void> {
  return writeFileAtomic(path.join(dir, SAFE_FILE), encode(safeList, recordings))
}

/** Nothing counts as safe until it is written again. */
export function removeSafeList(dir: string): Promise<void> {
  return fs.promises.rm(path.join(dir, SAFE_FILE), { force: true })
}

/** What is listed; nothing where the file is missing or is not what it should be. */
export async function loadSafeList(dir: string): Promise<SafeRecording[]> {
  const raw = await readFileIfAny(path.join(dir, SAFE_FILE)).catch(() => null)
  if (raw === null) return []
  try {
    return decode(safeList, raw, 'safe list')
  } catch {
    return []
  }
}
