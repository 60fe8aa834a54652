// Goes through a store without any key: tells recordings from journals by their first block, and copies
// out those that no other device is known to hold as far as they are here. The copy is a store of its
// own, each block proven by the author's signature as if it had come over a link.
// Must never: replicate, follow a fork, or write to the store it reads (but to mend its log).

import type Corestore from 'corestore'
import { hex } from '../encoding/hex.ts'
import type { SafeRecording } from '../encoding/memory/safe-list.ts'
import type { RecordingKey } from '../types/keys.ts'
import { copyCore } from './copy-core.ts'
import { fillStore, mendLog, readStore } from './opening.ts'
import { isRecording } from './recording-core.ts'

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
  await mendLog(storeDir)
  return readStore(storeDir, {}, (source) =>
    target === null
      ? copyAll(source, safe, null)
      : fillStore(target, (copies) => copyAll(source, safe, copies))
  )
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
