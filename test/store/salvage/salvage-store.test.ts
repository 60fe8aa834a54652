import b4a from 'b4a'
import test from 'brittle'
import type { Assert } from 'brittle'
import Corestore from 'corestore'
import crypto from 'hypercore-crypto'
import type { KeyPair } from 'hypercore-crypto'
import { exists, fs, path } from '../../../core/runtime/fs.ts'
import { EvidenceStore } from '../../../core/store/evidence-store.ts'
import type { Salvaged } from '../../../core/store/salvage/salvage-store.ts'
import { askForSalvage } from '../../../core/store/salvage/table-damage.ts'
import { leaks } from '../../helpers/leaks.ts'
import { filesIn } from '../../helpers/crashes/crash.ts'

const CORES = 12
const BLOCKS = 30
const SMALL_BYTES = 700
/** Beyond what RocksDB keeps in its tables. */
const LARGE_BYTES = 6000

interface Author {
  pair: KeyPair
  blocks: Uint8Array[]
}

type Spoil = (bytes: Uint8Array) => Uint8Array | null

/** What is left of a table, null for no file; and at least how many of all blocks are still there. */
const DAMAGES: Record<string, [spoil: Spoil, atLeast: number]> = {
  'its first block': [flipped(() => [50, 60]), 0.9],
  'its middle': [flipped((bytes) => [bytes >> 1, (bytes >> 1) + 8]), 0.7],
  'its index': [flipped((bytes) => [bytes - 1500, bytes - 1400]), 1],
  'its footer': [flipped((bytes) => [bytes - 40, bytes - 10]), 1],
  'its end, cut off': [(bytes) => bytes.subarray(0, bytes.byteLength - 20_000), 0.5],
  'a sector here and there': [spotted, 0.5]
}

for (const [what, [spoil, atLeast]] of Object.entries(DAMAGES)) {
  test(`a store with a table damaged in ${what} opens with all that can be proven`, async (t) => {
    leaks(t)
    const { dir, authors, table } = await stocked(t)
    const spoilt = spoil(b4a.from((await fs.promises.readFile(table)) as Uint8Array))!
    await fs.promises.writeFile(table, spoilt as never)
    await askForSalvage(dir) // where opening does not come upon it, whoever reads it does
    const { store, salvaged } = await openAfter(t, dir)
    const held = await countProven(t, store, authors)
    t.is(held, salvaged!.blocks)
    t.ok(held >= atLeast * CORES * BLOCKS, `${held} blocks of ${CORES * BLOCKS}`)
    await assertAside(t, salvaged!, table, spoilt)
    t.ok(store.loss.isUntold && !store.wasClean, 'the members are told, in a journal begun anew')
    await store.close()
    const again = await openAfter(t, dir)
    t.is(again.salvaged, null, 'it is done once')
    t.is(await countProven(t, again.store, authors), held)
    await again.store.close()
  })
}

test('a table that is gone takes no more with it than was in it', async (t) => {
  const { dir, authors, table } = await stocked(t)
  const later = await write(dir, 2, 77)
  await fs.promises.rm(table)
  const { store } = await openAfter(t, dir)
  t.is(await countProven(t, store, later), 2 * BLOCKS)
  t.is(await countProven(t, store, authors), 0)
})

test('a block that is not what its author signed is not held, and those around it are', async (t) => {
  const { dir, authors, table } = await stocked(t)
  const bytes = b4a.from((await fs.promises.readFile(table)) as Uint8Array)
  const [author] = authors
  const at = b4a.indexOf(bytes, author!.blocks[3]!)
  t.ok(at > 0, 'it is in the table as it is')
  bytes[at + 100]! ^= 1
  await fs.promises.writeFile(table, bytes as never)
  await askForSalvage(dir)
  const { store, salvaged } = await openAfter(t, dir)
  const core = await store.core(author!.pair.publicKey)
  t.alike([await core.has(2), await core.has(3), await core.has(4)], [true, false, true])
  t.is(salvaged!.lostBlocks, 1)
  t.is(await countProven(t, store, authors), CORES * BLOCKS - 1)
})

test('a salvage that was cut short is ended, and one that was not begun is begun', async (t) => {
  const { dir, authors } = await stocked(t)
  await askForSalvage(dir)
  await fs.promises.mkdir(path.join(dir, 'store.new'))
  const first = await openAfter(t, dir)
  t.is(first.salvaged!.blocks, CORES * BLOCKS)
  await first.store.close()
  await fs.promises.rename(path.join(dir, 'store'), path.join(dir, 'store.new'))
  await askForSalvage(dir)
  const second = await openAfter(t, dir)
  t.is(second.salvaged, null)
  t.is(await countProven(t, second.store, authors), CORES * BLOCKS)
  t.absent(await exists(path.join(dir, 'store.new')))
})

for (const aside of ['store', 'store/db']) {
  test(`once ${aside} was moved aside, as is said where nothing can be salvaged, a fresh store opens`, async (t) => {
    const { dir, authors } = await stocked(t)
    await fs.promises.rm(path.join(dir, 'store', 'db', 'CURRENT'))
    await askForSalvage(dir)
    await t.exception(new EvidenceStore({ dir }).ready(), /move that folder aside/)
    await fs.promises.rename(path.join(dir, aside), path.join(await t.tmp(), 'aside'))
    const { store, salvaged } = await openAfter(t, dir)
    t.is(salvaged, null)
    t.is(await countProven(t, store, authors), 0)
    t.ok(store.loss.isUntold)
    await store.close()
    t.is((await openAfter(t, dir)).salvaged, null, 'nor is it asked for again')
  })
}

test('half of a salvage is taken for none, whatever became of the store', async (t) => {
  const { dir, authors } = await stocked(t)
  await askForSalvage(dir)
  await fs.promises.rename(path.join(dir, 'store'), path.join(dir, 'store.new.tmp'))
  const { store } = await openAfter(t, dir)
  t.is(await countProven(t, store, authors), 0)
  const names = (await fs.promises.readdir(dir)).map(String)
  t.absent(names.some((name) => /store\.|salvage/.test(name)))
})

test('what cannot be salvaged is left as it was', async (t) => {
  const { dir, table } = await stocked(t)
  await fs.promises.rm(path.join(dir, 'store', 'db', 'CURRENT'))
  await askForSalvage(dir)
  const store = new EvidenceStore({ dir })
  await t.exception(store.ready(), /left as it is/)
  await store.close()
  t.ok(await exists(table))
})

function flipped(range: (bytes: number) => [number, number]): Spoil {
  return (bytes) => {
    const [from, to] = range(bytes.byteLength)
    for (let i = from; i < to; i++) bytes[i]! ^= 0xa5
    return bytes
  }
}

function spotted(bytes: Uint8Array): Uint8Array {
  for (let at = 30_000; at < bytes.byteLength; at += 200 * 512) bytes.fill(0xe7, at, at + 512)
  return bytes
}

/** A device's directory whose blocks are all in one table and its blob file. */
async function stocked(t: Assert): Promise<{ dir: string; authors: Author[]; table: string }> {
  const dir = await t.tmp()
  const authors = await write(dir, CORES, 1)
  const db = path.join(dir, 'store', 'db')
  const tables = (await fs.promises.readdir(db)).map(String).filter((name) => name.endsWith('.sst'))
  t.is(tables.length, 1)
  return { dir, authors, table: path.join(db, tables[0]!) }
}

/** Cores of authors of their own, in a table. */
async function write(dir: string, cores: number, seed: number): Promise<Author[]> {
  const authors = Array.from({ length: cores }, (_, i) => ({
    pair: crypto.keyPair(b4a.alloc(32, seed + i)),
    blocks: Array.from({ length: BLOCKS }, (_, n) => blockOf(n))
  }))
  const store = new EvidenceStore({ dir })
  await store.ready()
  await store.loss.told()
  for (const { pair, blocks } of authors) {
    const core = await store.core(pair.publicKey)
    for (const block of blocks) await core.append(block, { keyPair: pair })
    await core.close()
  }
  await store.close()
  await flush(path.join(dir, 'store'))
  return authors
}

function blockOf(n: number): Uint8Array {
  return crypto.randomBytes(n % 4 === 0 ? LARGE_BYTES : SMALL_BYTES)
}

async function flush(storeDir: string): Promise<void> {
  const store = new Corestore(storeDir)
  await store.ready()
  await store.storage.db.flush()
  await store.close()
}

async function openAfter(
  t: Assert,
  dir: string
): Promise<{ store: EvidenceStore; salvaged: Salvaged | null }> {
  const store = new EvidenceStore({ dir })
  let salvaged: Salvaged | null = null
  store.on('salvaged', (what) => void (salvaged = what))
  t.teardown(() => store.close())
  await store.ready()
  return { store, salvaged }
}

/** Blocks that are held, each of them compared with what its author wrote. */
async function countProven(t: Assert, store: EvidenceStore, authors: Author[]): Promise<number> {
  let held = 0
  let wrong = 0
  for (const { pair, blocks } of authors) {
    const core = await store.core(pair.publicKey)
    for (const [index, block] of blocks.entries()) {
      if (!(await core.has(index))) continue
      held++
      const found = await core.get(index, { wait: false })
      if (found === null || !b4a.equals(found, block)) wrong++
    }
    await core.close()
  }
  t.is(wrong, 0, 'what is held is what was written')
  return held
}

/** The damaged store, byte for byte, and nothing of the salvage. */
async function assertAside(
  t: Assert,
  { aside }: Salvaged,
  table: string,
  spoilt: Uint8Array
): Promise<void> {
  const left = (await fs.promises.readFile(
    path.join(aside, 'db', path.basename(table))
  )) as Uint8Array
  t.ok(b4a.equals(left, spoilt), 'the damaged table is in quarantine as it was')
  const around: string[] = []
  for await (const { file } of filesIn(path.join(aside, '..', '..'))) around.push(file)
  t.absent(around.some((file) => /store\.(new|work)|salvage/.test(file)))
}
