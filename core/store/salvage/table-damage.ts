// Tells a damaged table of the database from all else that can go wrong with it, by what RocksDB says.
// Asking for a salvage leaves a mark beside the store: damage is mostly found while the store is open.

import { TemoinError, systemCode } from '../../errors.ts'
import { exists, path } from '../../runtime/fs.ts'
import { setMark } from '../files/mark.ts'

/** Stands beside a store that is to be salvaged when it is opened next. */
export const SALVAGE_MARK = 'salvage'
/** As it is told: `... in /home/me/device/store/db/000008.sst offset 110839`. */
const NAMED_TABLE = /(?:in|sstable:|random read:)\s+(\S.*)[\\/](\d{6,}\.sst)\b/
/** Where a device has its database. */
const DATABASE = /[\\/]store[\\/]db$/
const EXPECTED_BYTES = /mismatch between expected (\d+) /i

export interface DamagedTable {
  /** `000008.sst` */
  name: string
  /** How long it should be, where that is said. */
  bytes: number | null
  /** Of the device whose store it is in; null for another database. */
  dir: string | null
}

/** Null where the error is about no table. */
export function damagedTable(err: unknown): DamagedTable | null {
  if (TemoinError.is(err) || systemCode(err) === 'ENOSPC') return null
  const said = String((err as Error)?.message)
  const [, database, name] = NAMED_TABLE.exec(said) ?? []
  if (database === undefined || name === undefined) return null
  const bytes = EXPECTED_BYTES.exec(said)?.[1]
  return {
    name,
    bytes: bytes === undefined ? null : Number(bytes),
    dir: DATABASE.test(database) ? database.replace(DATABASE, '') : null
  }
}

export function isDamagedTable(err: unknown): boolean {
  return damagedTable(err) !== null
}

/**
 * Where `err` is about a damaged table of a device's store, its store is salvaged when it is opened next.
 * @returns the device's directory; null where `err` is about something else
 */
export async function noteDamagedTable(err: unknown): Promise<string | null> {
  const dir = damagedTable(err)?.dir ?? null
  if (dir !== null) await askForSalvage(dir).catch(() => {}) // found again, and noted, at another time
  return dir
}

/** What a person is told of `err` where it is about a damaged table; else `err` itself. */
export async function asStoreDamage(err: unknown): Promise<unknown> {
  const dir = await noteDamagedTable(err)
  return dir === null
    ? err
    : new TemoinError('STORAGE_DAMAGED', partUnreadable(dir), { cause: err })
}

export function partUnreadable(dir: string): string {
  return `A part of the store in ${dir} cannot be read: start again, and all that can still be proven is copied into a fresh store; nothing is deleted`
}

/** @param dir a device's directory, whose store is salvaged when it is opened next */
export async function askForSalvage(dir: string): Promise<void> {
  await setMark(path.join(dir, SALVAGE_MARK))
}

export function isSalvageDue(dir: string): Promise<boolean> {
  return exists(path.join(dir, SALVAGE_MARK))
}
