import test from 'brittle'
import crypto from 'hypercore-crypto'
import { fs } from '../../../core/runtime/fs.ts'
import { randomBytes } from '../../../core/identity/hash.ts'
import { openStore } from '../open-store.ts'

/** rocksdb-native: values outside the tables as the store was opened for, tables down to the last level. */
const AS_OPENED = {
  exclusive: true,
  blobGarbageCollectionAgeCutoff: -1,
  bottommostLevelCompaction: 2
}

test('blocks that are in a file of their own stay there, however much comes after them', async (t) => {
  const store = await openStore(t)
  const pair = crypto.keyPair()
  const core = await store.core(pair.publicKey)
  const { db, rocks } = (core.core.state.storage as any).store
  const files = async (): Promise<string[]> => {
    const names = (await fs.promises.readdir(rocks.path)).map(String)
    return names.filter((name) => name.endsWith('.blob')).sort()
  }
  for (let i = 0; i < 8; i++) {
    await core.append([randomBytes(16_384)], { keyPair: pair })
    await db.flush()
  }
  const before = await files()
  t.ok(before.length >= 8)
  await db.compactRange(null, null, AS_OPENED)
  const after = await files()
  t.alike(
    before.filter((name) => !after.includes(name)),
    []
  )
})
