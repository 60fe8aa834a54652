// The first chain key of a recording as this device has it: what opens all of it. Of one that rests one
// block is read, and nothing is kept.
// Must never: hand out a key that does not open the recording.

import type { DeviceKeys } from '../../identity/device-keys.ts'
import { RecordingReader } from '../../recording/reader.ts'
import type { Replica } from '../../replica/replica.ts'
import type { EvidenceStore } from '../../store/evidence-store.ts'
import type { ChainKey, RecordingKey } from '../../types/keys.ts'

export interface FirstKeyOptions {
  store: EvidenceStore
  keys: DeviceKeys
  /** Keys that members have wrapped for this device since it was filmed. */
  boxes: (recording: RecordingKey) => readonly Uint8Array[]
}

/** For the caller to wipe; null where no key here opens it, or the device is locked. */
export async function firstKeyOf(
  replica: Replica,
  { store, keys, boxes }: FirstKeyOptions
): Promise<ChainKey | null> {
  if (replica.reader !== null) return replica.reader.chainKey()
  // a store that is being closed, or damaged, is said elsewhere
  const block0 = keys.isLocked ? null : await firstBlockOf(replica, store).catch(() => null)
  if (block0 === null) return null
  const unwrap = (sealed: Uint8Array): Uint8Array | null => keys.unwrap(sealed)
  const reader = readerOf(() =>
    RecordingReader.find(replica.key, block0, unwrap, boxes(replica.key))
  )
  const first = reader && reader.chainKey()
  reader?.wipe()
  return first
}

/** Null where block 0 is not what it should be. */
function readerOf(find: () => RecordingReader | null): RecordingReader | null {
  try {
    return find()
  } catch {
    return null
  }
}

async function firstBlockOf(replica: Replica, store: EvidenceStore): Promise<Uint8Array | null> {
  if (replica.core !== null) return replica.core.get(0, { wait: false })
  if (replica.length === 0) return null
  return store.atRest(replica.key, replica.length, (core) => core.get(0))
}
