// What RocksDB's index (CURRENT, and the MANIFEST it names) says about the write-ahead logs: which are
// still needed, and up to which write the tables already hold everything. Must never: write. A
// damaged index is never cut to its sound part: opened on an older index, RocksDB deletes every table
// the newer one named.
//
// The MANIFEST is a log file (store/rocksdb/log-format.ts) of VersionEdits (store/rocksdb/version-edit.ts). The tags
// wanted come before all of variable meaning.

import b4a from 'b4a'
import { TemoinError } from '../../errors.ts'
import { fs, path, readFileIfAny } from '../../runtime/fs.ts'
import { EditReader, LAST_SEQUENCE, MIN_LOG_NUMBER_TO_KEEP } from '../rocksdb/version-edit.ts'
import { scanLogFile } from './log-file.ts'

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
  const reader = new EditReader(edit)
  for (;;) {
    const tag = reader.number()
    if (tag === MIN_LOG_NUMBER_TO_KEEP)
      manifest.minLogNumber = Math.max(manifest.minLogNumber, reader.number())
    else if (tag === LAST_SEQUENCE)
      manifest.lastSequence = Math.max(manifest.lastSequence, reader.number())
    else if (!reader.pass(tag)) return true
  }
}

/** The sentence for a database that must not be opened as it is. */
export function indexDamaged(dir: string, what: string): TemoinError {
  return new TemoinError(
    'STORAGE_DAMAGED',
    `The database in ${dir} is damaged (${what}) and was left as it is: move that folder aside and start again to fetch everything from the other holders`
  )
}
