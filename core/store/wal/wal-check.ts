// Judges the write-ahead logs of a closed RocksDB before it is opened. Opening is no test: on garbage
// it may never end, and otherwise it drops all that follows the first damage without a word.
// Owns: the report. Must never: write (that is wal-repair.ts), or run while the store is open.
//
// Every write has a number, and a record is { sequence: u64 le, count: u32 le, operations }, so the
// records of all logs still needed form one chain. A break in it is damage, too: RocksDB would replay
// what follows and leave a hole in a core, which then says it holds blocks that it does not hold.

import { namesIn, path } from '../../runtime/fs.ts'
import { readUint32 } from '../rocksdb/numbers.ts'
import { scanLogFile } from './log-file.ts'
import type { LogScan } from './log-scanner.ts'
import { indexDamaged, readManifest } from './manifest.ts'
import type { Manifest } from './manifest.ts'

const LOG_FILE = /^(\d+)\.log$/
const BATCH_HEADER_BYTES = 12

/** One log that RocksDB will replay. Its bytes beyond `validBytes` cannot be used. */
export interface WalFile extends LogScan {
  file: string
}

export interface WalReport {
  dir: string
  /**
   * The worst of the files. `sound` and `torn-tail` (a killed writer's last, unfinished record) open
   * as they are and lose nothing that was acknowledged; `damaged` needs `repairWal` before opening.
   * No log at all is damage, too: RocksDB always leaves one.
   */
  state: LogScan['state']
  /** Sums over the files. */
  bytes: number
  validBytes: number
  /** Whole records beyond the damage: a lower bound of what is lost here. */
  recordsLost: number
  /** The logs still needed, oldest first. */
  files: WalFile[]
}

/**
 * Reads the logs in `dbDir`, the `db` directory of a Corestore that no process has open. About 1 s for
 * 1 GB; a log has 64 MiB or less as a rule.
 * @throws STORAGE_DAMAGED where the database's index is missing or damaged, or its logs do not continue
 * it: such a store must be set aside whole.
 */
export async function checkWal(dbDir: string): Promise<WalReport> {
  const manifest = await readManifest(dbDir)
  if (manifest === null) return summary(dbDir, [])
  const names = await logNames(dbDir)
  if (names.length === 0 && !manifest.fresh) return { ...summary(dbDir, []), state: 'damaged' }
  const needed = names.filter((name) => logNumber(name) >= manifest.minLogNumber)
  return summary(dbDir, await scanChain(dbDir, needed, manifest))
}

async function scanChain(dir: string, names: string[], manifest: Manifest): Promise<WalFile[]> {
  const chain = new Chain(manifest.lastSequence)
  const files: WalFile[] = []
  for (const name of names) {
    const file = path.join(dir, name)
    const scan = await scanLogFile(file, (head) => chain.accept(head))
    if (chain.missesStart && files.every(({ state }) => state === 'sound')) {
      throw indexDamaged(dir, 'its logs do not continue its index')
    }
    files.push({ file, ...scan })
  }
  // An index cut short looks torn. A truly torn change left its writes in the logs.
  if (manifest.torn && chain.empty) throw indexDamaged(dir, 'its index is cut short')
  return files
}

class Chain {
  empty = true
  missesStart = false
  #lastIndexed: number
  #next = 0

  constructor(lastIndexed: number) {
    this.#lastIndexed = lastIndexed
  }

  /** Whether the record that begins with `head` continues the chain; if so, it is part of it. */
  accept(head: Uint8Array): boolean {
    if (head.byteLength < BATCH_HEADER_BYTES) return false
    const sequence = readUint32(head, 0) + readUint32(head, 4) * 2 ** 32
    if (this.empty) this.missesStart = sequence > this.#lastIndexed + 1
    else if (sequence !== this.#next) return false
    this.empty = false
    this.#next = sequence + readUint32(head, 8)
    return !this.missesStart
  }
}

/** The logs in a database's directory, oldest first. */
export async function logNames(dir: string): Promise<string[]> {
  const names = await namesIn(dir)
  return names.filter((name) => LOG_FILE.test(name)).sort((a, b) => logNumber(a) - logNumber(b))
}

function logNumber(name: string): number {
  return Number(LOG_FILE.exec(name)![1])
}

const BY_SEVERITY = ['sound', 'torn-tail', 'damaged'] as const

function summary(dir: string, files: WalFile[]): WalReport {
  const sum = (key: 'bytes' | 'validBytes' | 'recordsLost') =>
    files.reduce((total, file) => total + file[key], 0)
  return {
    dir,
    state: BY_SEVERITY.findLast((state) => files.some((file) => file.state === state)) ?? 'sound',
    bytes: sum('bytes'),
    validBytes: sum('validBytes'),
    recordsLost: sum('recordsLost'),
    files
  }
}
