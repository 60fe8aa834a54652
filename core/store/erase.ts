// Deletes whole cores from the database, and makes sure that nothing of them stays in its files. The only
// place where anything that is held is ever deleted while the rest is kept: for a circle that its operator
// gave up, after its members had their time (see device/leaving.ts).
// Touches internals of hypercore-storage (keys, deleteCore, db), pinned to an exact version: its own
// deleteCore leaves the blocks of a core without named sessions where they are.
// Must never: be called while any of these cores is open.

import type HypercoreStorage from 'hypercore-storage'
import keys from 'hypercore-storage/lib/keys.js'
import { discoveryKeyOf } from '../encoding/core-key.ts'

/**
 * rocksdb-native's numbers for: everything is written anew, values outside the tables as well, down to
 * the last level. Else what was deleted would stay in files that hold something else too.
 */
const EVERYTHING = {
  exclusive: true,
  blobGarbageCollectionPolicy: 1,
  blobGarbageCollectionAgeCutoff: 1,
  bottommostLevelCompaction: 2
}

/** Can be cut short anywhere, and done again. */
export async function eraseCores(
  storage: HypercoreStorage,
  gone: readonly Uint8Array[]
): Promise<void> {
  for (const key of gone) await eraseCore(storage, discoveryKeyOf(key))
  await storage.db.flush()
  await storage.db.compactRange(null, null, EVERYTHING)
}

async function eraseCore(storage: HypercoreStorage, discoveryKey: Uint8Array): Promise<void> {
  const opened = await storage.resumeCore(discoveryKey)
  if (opened === null) return
  const pointer = opened.core
  await opened.close()
  const { dataPointer } = pointer
  const tx = storage.db.write({ autoDestroy: true })
  tx.tryDeleteRange(keys.core.data(dataPointer), keys.core.data(dataPointer + 1))
  await tx.flush() // first: without its entry below nobody would find it again
  await storage.deleteCore(pointer)
}
