// The running relay writes how it is into its directory, every few seconds, so that `temoin-relay status` can
// show it though the directory is in use. Readable for its owner alone, as all there.

import { TemoinError } from '../../core/errors.ts'
import { fs, path, readFileIfAny, writeFileAtomic } from '../../core/runtime/fs.ts'
import type { RelayStatus } from '../../relay/status/status.ts'
import b4a from 'b4a'

const FILE = 'relay-status'
/** A relay that has not written for so long is not running. */
const FRESH_MS = 15_000
export const WRITE_EVERY_MS = 5000

export async function writeStatus(dir: string, status: RelayStatus): Promise<void> {
  await writeFileAtomic(path.join(dir, FILE), b4a.from(JSON.stringify(status)))
}

/** It stops, and says so. */
export async function endStatus(dir: string, status: RelayStatus): Promise<void> {
  await writeStatus(dir, { ...status, atMs: 0 })
}

/** It names circles: made anew by the next run. */
export async function removeStatus(dir: string): Promise<void> {
  await fs.promises.rm(path.join(dir, FILE), { force: true })
}

/** @throws TemoinError DEVICE_MISSING where no relay has ever run there */
export async function readStatus(
  dir: string
): Promise<{ status: RelayStatus; isRunning: boolean }> {
  const raw = await readFileIfAny(path.join(dir, FILE))
  if (raw === null) throw neverRan(dir)
  try {
    const status = JSON.parse(b4a.toString(raw)) as RelayStatus
    return { status, isRunning: Math.abs(Date.now() - status.atMs) < FRESH_MS }
  } catch {
    await fs.promises.rm(path.join(dir, FILE), { force: true })
    throw neverRan(dir)
  }
}

function neverRan(dir: string): TemoinError {
  return new TemoinError(
    'DEVICE_MISSING',
    `No relay has run in ${dir} yet, or none since it gave up a circle: start it with "temoin-relay run", or name another directory with --storage`
  )
}
