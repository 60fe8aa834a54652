import b4a from 'b4a'
import test from 'brittle'
import type { Assert } from 'brittle'
import crypto from 'hypercore-crypto'
import { path } from '../../../core/runtime/fs.ts'
import type { EvidenceStore } from '../../../core/store/evidence-store.ts'
import { EarlyFlush } from '../../../core/store/wal/early-flush.ts'
import { logNames } from '../../../core/store/wal/wal-check.ts'
import { crashCopy } from '../../helpers/crashes/crash.ts'
import { eventually } from '../../helpers/eventually.ts'
import { leaks } from '../../helpers/leaks.ts'
import { openStore } from '../open-store.ts'

const BLOCK = b4a.alloc(216 * 1024, 7)
/** Of such blocks: with the last of them it is time, and RocksDB would write a table by itself some later. */
const ENOUGH = 15

test('a write that comes after a moment of rest never waits for a table', async (t) => {
  const store = await openStore(t)
  const write = await writer(store)
  for (let film = 0; film < 2; film++) {
    const before = await newestLog(store)
    for (let i = 0; i < ENOUGH; i++) {
      await write()
      t.is(await newestLog(store), before, `write ${i} changed no log`)
    }
    await eventually(async () => (await newestLog(store)) !== before)
    t.pass('rest did')
  }
})

test('what was called durable before such a rest is there after a crash in it', async (t) => {
  const store = await openStore(t)
  const write = await writer(store)
  for (let i = 0; i < ENOUGH; i++) await write()
  const before = await newestLog(store)
  await eventually(async () => (await newestLog(store)) !== before)
  const again = await openStore(t, await crashCopy(t, store.dir))
  const core = (await again.existing(write.key))!
  for (let i = 0; i < ENOUGH; i++) t.alike(await core.get(i), BLOCK)
})

test('a store that is closed while it rests leaves nothing open, and all that it had', async (t) => {
  leaks(t)
  const store = await openStore(t)
  const write = await writer(store)
  for (let i = 0; i < ENOUGH; i++) await write()
  await store.close()
  const again = await openStore(t, store.dir)
  t.ok(again.wasClean)
  t.is((await again.existing(write.key))!.length, ENOUGH)
  await again.close()
})

test('where RocksDB cannot write early, nothing fails, and it is tried again', async (t) => {
  const full = fakeStore({ size: 8, fails: true })
  const early = earlyFlush(t, full)
  early.consider()
  await eventually(() => full.flushes === 1)
  early.consider()
  await eventually(() => full.flushes === 2)
  t.is(full.settled, 0)
})

test('nothing is written early while a write waits, of little, or after the close', async (t) => {
  const little = fakeStore({ size: 7 })
  earlyFlush(t, little).consider()
  await eventually(() => little.asked === 1)
  const busy = fakeStore({ size: 8 })
  earlyFlush(t, busy, { isIdle: () => false }).consider()
  const closed = fakeStore({ size: 8 })
  const early = earlyFlush(t, closed)
  early.consider()
  await early.close()
  early.consider()
  const idle = fakeStore({ size: 8 })
  earlyFlush(t, idle).consider()
  await eventually(() => idle.settled === 1) // and whoever was asked before it would have been as well
  t.alike([little.flushes, busy.asked, closed.asked], [0, 0, 0])
})

interface Writer {
  (): Promise<void>
  key: Uint8Array
}

async function writer(store: EvidenceStore): Promise<Writer> {
  const keyPair = crypto.keyPair()
  const core = await store.core(keyPair.publicKey)
  const write = async (): Promise<void> => {
    await core.append(BLOCK, { keyPair })
    await store.durable()
  }
  return Object.assign(write, { key: core.key })
}

async function newestLog({ dir }: EvidenceStore): Promise<string> {
  return (await logNames(path.join(dir, 'store', 'db'))).at(-1)!
}

interface FakeStore {
  asked: number
  flushes: number
  settled: number
  size: number
  fails: boolean
}

function fakeStore({ size, fails = false }: { size: number; fails?: boolean }): FakeStore {
  return { asked: 0, flushes: 0, settled: 0, size, fails }
}

function earlyFlush(t: Assert, fake: FakeStore, { isIdle = (): boolean => true } = {}): EarlyFlush {
  const early = new EarlyFlush({
    atBytes: 8,
    isIdle,
    settle: async () => void fake.settled++,
    store: {
      storage: {
        db: {
          flush: async () => {
            fake.flushes++
            if (fake.fails) throw new Error('no space left')
          }
        },
        rocks: {
          currentWalFile: async () => {
            fake.asked++
            return { size: fake.size }
          }
        }
      }
    }
  })
  t.teardown(() => early.close())
  return early
}
