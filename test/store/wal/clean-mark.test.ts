import test from 'brittle'
import type { Assert } from 'brittle'
import crypto from 'hypercore-crypto'
import { fs, path } from '../../../core/runtime/fs.ts'
import { EvidenceStore } from '../../../core/store/evidence-store.ts'
import { noise, rewrite } from '../damage.ts'
import { blocks, trueBlock } from '../hypercore/evil.ts'

test('a closed store goes on where it was', async (t) => {
  const dir = await closedStore(t)
  t.ok(await isClean(dir))
  t.ok(await isClean(dir), 'and again')
})

test('a new store has nothing to go on from', async (t) => {
  t.absent(await isClean(await t.tmp()))
})

test('a store that is open is not marked, so that a kill leaves no mark', async (t) => {
  const dir = await closedStore(t)
  const marked = (): boolean => fs.readdirSync(dir).map(String).includes('clean')
  t.ok(marked())
  const store = new EvidenceStore({ dir })
  await store.ready()
  t.absent(marked())
  await store.close()
})

test('a closed store that has lost something since does not go on where it was', async (t) => {
  for (const [name, lose] of Object.entries(LOSSES)) {
    const dir = await closedStore(t)
    await lose(path.join(dir, 'store'))
    t.absent(await isClean(dir), name)
  }
})

const LOSSES: Record<string, (store: string) => Promise<void>> = {
  'the store': (store) => fs.promises.rename(store, store + '-aside'),
  'its database': (store) => fs.promises.rename(path.join(store, 'db'), store + '-aside'),
  'its newest log': async (store) => fs.promises.rm(await newestLog(store)),
  'the end of its log': (store) => cutLog(store, 1),
  'its last record, to the byte': (store) => cutLog(store, lastRecordBytes),
  'the middle of its log': async (store) =>
    rewrite(await newestLog(store), (bytes) => {
      bytes.set(noise(64), bytes.byteLength >> 1)
      return bytes
    })
}

/** What the store wrote last: cutting just that leaves a log that looks whole. */
let lastRecordBytes = 0

async function closedStore(t: Assert): Promise<string> {
  const dir = await t.tmp()
  const pair = crypto.keyPair()
  const store = new EvidenceStore({ dir })
  await store.ready()
  const core = await store.core(pair.publicKey)
  await core.append(blocks(trueBlock, 0, 20), { keyPair: pair })
  const before = await logBytes(path.join(dir, 'store'))
  await core.append([trueBlock(20)], { keyPair: pair })
  lastRecordBytes = (await logBytes(path.join(dir, 'store'))) - before
  await core.close()
  await store.close()
  return dir
}

/** As the next start finds it. */
async function isClean(dir: string): Promise<boolean> {
  const store = new EvidenceStore({ dir })
  await store.ready()
  const { wasClean } = store
  await store.close()
  return wasClean
}

async function newestLog(store: string): Promise<string> {
  const db = path.join(store, 'db')
  const names = (await fs.promises.readdir(db)).map(String)
  return path.join(
    db,
    names
      .filter((name) => name.endsWith('.log'))
      .sort()
      .at(-1)!
  )
}

async function logBytes(store: string): Promise<number> {
  return (await fs.promises.stat(await newestLog(store))).size
}

async function cutLog(store: string, bytes: number): Promise<void> {
  await rewrite(await newestLog(store), (log) => log.subarray(0, log.byteLength - bytes))
}
