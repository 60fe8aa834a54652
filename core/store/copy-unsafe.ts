// Goes through a store without any key: tells recordings from journals by their first block, and copies
// out those that no other device is known to hold as far as they are here. The copy is a store of its
// own, each block proven by the author's signature as if it had come over a link.
// Must never: replicate, follow a fork, or write to the store it reads (but to mend its log).

import Corestore from 'corestore'
import HypercoreStorage from 'hypercore-storage'
import { hex } from '../encoding/hex.ts'
import type { SafeRecording } from '../encoding/safe-list.ts'
import { path, syncDirectory } from '../runtime/fs.ts'
import type { RecordingKey } from '../types/keys.ts'
import { copyCore } from './copy-core.ts'
import { closeByForce, withinTime } from './opening.ts'
import { dropEmptyDeviceFile } from './files/device-file.ts'
import { isRecording } from './recording-core.ts'
import { checkWal, repairWal } from './wal/wal-check.ts'

const OPEN_TIMEOUT_MS = 10_000

export interface NotSafe {
  recording: RecordingKey
  /** Blocks that are here. */
  length: number
  /** Blocks that one other device is known to have. */
  safeLength: number
}

/**
 * @param target a directory to be made, or null to copy nothing
 * @returns the recordings that are not safe elsewhere
 * @throws where the store cannot be read: then nothing is known of it
 */
export async function copyUnsafe(
  storeDir: string,
  safe: SafeRecording[],
  target: string | null
): Promise<NotSafe[]> {
  const source = await openForReading(storeDir)
  try {
    return await withCopies(target, (copies) => copyAll(source, safe, copies))
  } finally {
    await source.close().catch(() => closeByForce(source))
  }
}

async function copyAll(
  source: Corestore,
  safe: SafeRecording[],
  copies: Corestore | null
): Promise<NotSafe[]> {
  const known = new Map(safe.map(({ recording, length }) => [hex(recording), length]))
  const found: NotSafe[] = []
  for await (const discoveryKey of source.list()) {
    const core = source.get({ discoveryKey, active: false })
    await core.ready()
    const safeLength = known.get(hex(core.key)) ?? 0
    if (safeLength < core.length && (await isRecording(core))) {
      const length = copies ? (await copyCore(core, copies)).copied : core.contiguousLength
      found.push({ recording: core.key, length, safeLength })
    }
    await core.close()
  }
  return found
}

async function withCopies<T>(
  dir: string | null,
  work: (copies: Corestore | null) => Promise<T>
): Promise<T> {
  if (dir === null) return work(null)
  const copies = new Corestore(new HypercoreStorage(dir))
  await copies.ready()
  try {
    const done = await work(copies)
    await copies.storage.db.flush() // out of the log and onto the disk itself
    await syncDirectory(dir)
    return done
  } finally {
    await copies.close()
  }
}

/** Opened wherever it was moved to, and mended where a kill has torn its log. */
async function openForReading(storeDir: string): Promise<Corestore> {
  await dropEmptyDeviceFile(storeDir)
  const report = await checkWal(path.join(storeDir, 'db'))
  if (report.state === 'damaged') await repairWal(report, path.join(storeDir, '..', 'quarantine'))
  const source = new Corestore(new HypercoreStorage(storeDir, { allowBackup: true }))
  try {
    await withinTime(source.ready(), OPEN_TIMEOUT_MS)
    return source
  } catch (err) {
    void closeByForce(source)
    throw err
  }
}
