// Deletes what a device holds, in an order that can be cut short anywhere: what others hold goes, and
// all journals; what nobody else is known to hold is copied out first, as the ciphertext it is, so that
// not a byte of the rest stays behind in the database it was in. Needs no key.
// Must never: remove the store before all that is to stay is on the disk elsewhere.

import { exists, fs, namesIn, path, removeTree, syncDirectory } from '../../runtime/fs.ts'
import { copyUnsafe } from '../copy-unsafe.ts'
import type { NotSafe } from '../copy-unsafe.ts'
import { hex } from '../../encoding/hex.ts'
import type { SafeRecording } from '../../encoding/memory/safe-list.ts'
import { MOMENT } from '../backup/moment.ts'
import { SALVAGE_FILES } from '../salvage/salvage-store.ts'
import { APP_FILES } from './app-files.ts'
import { LEFT_FILE } from './left-file.ts'
import { LOSS_FILE } from './loss-note.ts'
import { loadSafeList, SAFE_FILE } from './safe-file.ts'

/** Where a panic puts what is to stay: here, or in `kept-2` and so on where an earlier one has put some. */
const KEPT = 'kept'
/** Being copied into; whole once the store is `store.gone`. */
const COPYING = 'kept.tmp'
/** The store once all that is to stay has been copied: half of it would be no store. */
const GONE = 'store.gone'
/** What a relay keeps beside its store. */
const RELAY_FILES = ['relay-memory', 'relay-status']
/** Beside the store, and of no use without it. */
const AROUND = [
  ...['quarantine', 'clean', LEFT_FILE, LOSS_FILE, SAFE_FILE],
  ...RELAY_FILES,
  ...APP_FILES,
  MOMENT,
  ...SALVAGE_FILES
].flatMap((name) => [name, name + '.tmp'])
/** Everything else a device has in its directory besides seed, state, store and lock. */
export const DATA_FILES = [KEPT, COPYING, GONE, 'pid', ...AROUND]

export interface WipedData {
  /** Recordings that no other device was known to hold as far as they were here. */
  notSafe: NotSafe[]
  /** Where they are now, as ciphertext; null where they are gone, or there were none. */
  kept: string | null
  /** Why it cannot be told whether anything was not safe; null where `notSafe` is all of it. */
  unread: string | null
  /** The store could not be sorted, and is left as it was. */
  left: boolean
}

export async function wipeData(dir: string, everything: boolean): Promise<WipedData> {
  const at = (name: string): string => path.join(dir, name)
  const safe = await loadSafeList(dir)
  const wiped: WipedData = { notSafe: [], kept: null, unread: null, left: false }
  const cutShort = await exists(at(GONE))
  if (!cutShort) await sort(at, safe, wiped, everything)
  if (wiped.left) return wiped
  if (await exists(at(COPYING))) {
    await fs.promises.rename(at(COPYING), at(await freeName(dir)))
    await syncDirectory(dir)
  } else if (cutShort) {
    wiped.unread = 'an earlier panic was cut short when it had sorted the store already'
  }
  await tellKept(at, safe, wiped, everything)
  for (const name of [GONE, ...AROUND]) await removeTree(at(name))
  if (everything) await removeKept(at, wiped)
  await syncDirectory(dir)
  return wiped
}

/** Ends with `store.gone` and what was copied, or with the store as it was and the reason. */
async function sort(
  at: (name: string) => string,
  safe: SafeRecording[],
  wiped: WipedData,
  everything: boolean
): Promise<void> {
  await removeTree(at(COPYING))
  if (!(await exists(at('store')))) return
  try {
    wiped.notSafe = await copyUnsafe(at('store'), safe, everything ? null : at(COPYING))
    if (wiped.notSafe.length === 0) await removeTree(at(COPYING))
  } catch (err) {
    await removeTree(at(COPYING))
    wiped.unread = String((err as Error).message).split('\n')[0]!
    wiped.left = !everything
    if (wiped.left) return
  }
  await fs.promises.rename(at('store'), at(GONE))
  await syncDirectory(at('.'))
}

/** What stays, or went with `everything`, read from where an earlier panic may have put it. */
async function tellKept(
  at: (name: string) => string,
  safe: SafeRecording[],
  wiped: WipedData,
  everything: boolean
): Promise<void> {
  const names = await keptIn(at('.'))
  const newest = names.at(-1)
  if (newest === undefined) return
  wiped.kept = at(newest)
  const known = new Set(wiped.notSafe.map(({ recording }) => hex(recording)))
  for (const name of everything ? names : [newest]) {
    const kept = await copyUnsafe(at(name), safe, null)
    wiped.notSafe.push(...kept.filter(({ recording }) => !known.has(hex(recording))))
  }
}

async function removeKept(at: (name: string) => string, wiped: WipedData): Promise<void> {
  for (const name of await keptIn(at('.'))) await removeTree(at(name))
  wiped.kept = null
}

async function freeName(dir: string): Promise<string> {
  for (let n = 2, name = KEPT; ; name = `${KEPT}-${n++}`) {
    if (!(await exists(path.join(dir, name)))) return name
  }
}

async function keptIn(dir: string): Promise<string[]> {
  return (await namesIn(dir)).filter((name) => /^kept(-\d+)?$/.test(name)).sort()
}
