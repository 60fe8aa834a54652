// What RocksDB's index (CURRENT, and the MANIFEST it names) says about the write-ahead logs: which are
// still needed, and up to which write the tables already hold everything. Must never: write. A
// damaged index is never cut to its sound part: opened on an older index, RocksDB deletes every table
// the newer one named.
//
// The MANIFEST is a log file (log-scanner.ts) of VersionEdits: { tag: varint, value }..., RocksDB
// 10.5.1 db/version_edit.cc, EncodeTo. The tags wanted come before all of variable meaning.

import b4a from 'b4a'
import { TemoinError } from '../../errors.ts'
import { fs, path, readFileIfAny } from '../../runtime/fs.ts'
import { scanLogFile } from './log-file.ts'

const COMPARATOR = 1
const LOG_NUMBER = 2
const NEXT_FILE_NUMBER = 3
const LAST_SEQUENCE = 4
const PREV_LOG_NUMBER = 9
const MIN_LOG_NUMBER_TO_KEEP = 10
const MAX_COLUMN_FAMILY = 203
const DB_ID = 8193
const NUMBERS = new Set([LOG_NUMBER, NEXT_FILE_NUMBER, PREV_LOG_NUMBER, MAX_COLUMN_FAMILY])

const DATABASE_FILE = /^(MANIFEST-\d+|\d+\.(log|sst|blob))$/

export interface Manifest {
  /** RocksDB replays no log with a lower number: its writes are in tables. */
  minLogNumber: number
  /** Number of the newest write when the index was last saved. */
  lastSequence: number
  /** The newest change to the index was not written to its end. */
  torn: boolean
  /** The database was being made: until then there need not be a log. */
  fresh: boolean
}

/**
 * The index of the database in `dir`, or null where there is no database yet.
 * @throws STORAGE_DAMAGED where it is missing or unreadable. RocksDB would then fail, hang for ever,
 * or (without CURRENT) start an empty database and delete the tables of the old one.
 */
export async function readManifest(dir: string): Promise<Manifest | null> {
  const name = await readCurrent(dir)
  if (name === null) return null
  const fresh = name === 'MANIFEST-000001'
  const manifest: Manifest = { minLogNumber: 0, lastSequence: 0, torn: false, fresh }
  const scan = await scanLogFile(path.join(dir, name), (edit) => applyEdit(manifest, edit)).catch(
    (err: any) => {
      throw err.code === 'ENOENT' ? indexDamaged(dir, `${name} is missing`) : err
    }
  )
  if (scan.state === 'damaged' || scan.records === 0) throw indexDamaged(dir, `${name} is damaged`)
  manifest.torn = scan.state === 'torn-tail'
  return manifest
}

async function readCurrent(dir: string): Promise<string | null> {
  const bytes = await readFileIfAny(path.join(dir, 'CURRENT'))
  if (bytes === null) {
    if (!(await hasDatabase(dir))) return null
    throw indexDamaged(dir, 'CURRENT is missing')
  }
  const match = /^(MANIFEST-\d+)\n$/.exec(b4a.toString(bytes))
  if (match === null) throw indexDamaged(dir, 'CURRENT is damaged')
  return match[1]!
}

async function hasDatabase(dir: string): Promise<boolean> {
  try {
    return (await fs.promises.readdir(dir)).some((name) => DATABASE_FILE.test(String(name)))
  } catch (err: any) {
    if (err.code === 'ENOENT') return false
    throw err
  }
}

/** Takes over what one VersionEdit says; stops at the first tag it does not know. */
function applyEdit(manifest: Manifest, edit: Uint8Array): boolean {
  const reader = new VarintReader(edit)
  for (;;) {
    const tag = reader.next()
    if (tag === COMPARATOR || tag === DB_ID) reader.skip(reader.next())
    else if (tag === MIN_LOG_NUMBER_TO_KEEP)
      manifest.minLogNumber = reader.max(manifest.minLogNumber)
    else if (tag === LAST_SEQUENCE) manifest.lastSequence = reader.max(manifest.lastSequence)
    else if (NUMBERS.has(tag)) reader.next()
    else return true
  }
}

class VarintReader {
  #bytes: Uint8Array
  #at = 0

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
  }

  /** The next number, or -1 at the end. Sequence numbers have 56 bits: exact below 2^53. */
  next(): number {
    let value = 0
    for (let scale = 1; this.#at < this.#bytes.byteLength; scale *= 128) {
      const byte = this.#bytes[this.#at++]!
      value += (byte & 127) * scale
      if (byte < 128) return value
    }
    return -1
  }

  max(other: number): number {
    return Math.max(other, this.next())
  }

  skip(bytes: number): void {
    this.#at += bytes
  }
}

/** The sentence for a database that must not be opened as it is. */
export function indexDamaged(dir: string, what: string): TemoinError {
  return new TemoinError(
    'STORAGE_DAMAGED',
    `The database in ${dir} is damaged (${what}) and was left as it is: move that folder aside and start again to fetch everything from the other holders`
  )
}
