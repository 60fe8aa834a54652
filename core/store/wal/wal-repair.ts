// Makes a damaged write-ahead log one that RocksDB opens at once with all that precedes the damage.
// Every byte is in quarantine, durably, before the first is cut. Must never: overwrite a quarantined
// file, or keep records that follow damage. A later record is whole in itself, but hypercore's writes
// build on one another: replayed over a gap, a core says it holds blocks it lacks, and serves proofs
// whose nodes are missing. What was lost here is fetched again from the other holders.

import { TemoinError, systemCode } from '../../errors.ts'
import { fs, path, syncDirectory } from '../../runtime/fs.ts'
import { freeName } from '../files/quarantine.ts'
import { openFile, readChunks } from '../files/open-file.ts'
import type { OpenFile } from '../files/open-file.ts'
import type { WalFile, WalReport } from './wal-check.ts'

const COPY_BYTES = 1 << 20

/**
 * Quarantines and cuts the damaged files of `report`, on a store that no process has open.
 * @returns where the copies are: `<quarantineDir>/000004.log`, or `000004.log.1` ... where taken.
 * @throws STORAGE_FULL where a copy finds no room, STORAGE_LOCKED where a log changed since the
 * check; nothing is cut then.
 */
export async function repairWal(report: WalReport, quarantineDir: string): Promise<string[]> {
  const damaged = report.files.filter((file) => file.state === 'damaged')
  for (const file of damaged) await assertUnchanged(file)
  const copies = await quarantine(damaged, quarantineDir)
  for (const { file, validBytes } of damaged) await cut(file, validBytes)
  return copies
}

async function assertUnchanged({ file, bytes }: WalFile): Promise<void> {
  if ((await fs.promises.stat(file)).size === bytes) return
  throw new TemoinError('STORAGE_LOCKED', `Another process writes to ${file}: stop it first`)
}

async function quarantine(files: WalFile[], dir: string): Promise<string[]> {
  await fs.promises.mkdir(dir, { recursive: true, mode: 0o700 })
  const copies: string[] = []
  try {
    for (const { file } of files) copies.push(await copyInto(file, dir))
  } catch (err) {
    if (systemCode(err) !== 'ENOSPC') throw err
    throw new TemoinError(
      'STORAGE_FULL',
      `A damaged log cannot be set aside, since the disk is full: free some space for ${dir}, then start again`,
      { cause: err }
    )
  }
  await syncDirectory(dir)
  await syncDirectory(path.dirname(dir))
  return copies
}

// A half-made copy has a name of its own, so that one found later is known to be whole.
async function copyInto(file: string, dir: string): Promise<string> {
  const part = path.join(dir, path.basename(file) + '.part')
  try {
    await copyDurably(file, part)
  } catch (err) {
    await fs.promises.rm(part, { force: true })
    throw err
  }
  const copy = await freeName(path.join(dir, path.basename(file)))
  await fs.promises.rename(part, copy)
  return copy
}

async function copyDurably(from: string, to: string): Promise<void> {
  const handle = await openFile(to, 'w', 0o600)
  try {
    await readChunks(from, COPY_BYTES, (chunk, position) => writeAll(handle, chunk, position))
    await handle.sync()
  } finally {
    await handle.close()
  }
}

async function writeAll(handle: OpenFile, bytes: Uint8Array, position: number): Promise<void> {
  for (let done = 0; done < bytes.byteLength;) {
    const rest = bytes.byteLength - done
    const { bytesWritten } = await handle.write(bytes, done, rest, position + done)
    done += bytesWritten
  }
}

async function cut(file: string, validBytes: number): Promise<void> {
  const handle = await openFile(file, 'r+')
  try {
    await handle.truncate(validBytes)
    await handle.sync()
  } finally {
    await handle.close()
  }
}
