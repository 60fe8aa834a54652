// A store as a crash leaves it: a copy of a live one's directory, with what was in it and where in
// the write-ahead log each block ended. Copies open with `allowBackup`.

import b4a from 'b4a'
import Corestore from 'corestore'
import type { Assert } from 'brittle'
import { fs, path } from '../../core/runtime/fs.ts'

export interface ImageBlock {
  key: Uint8Array
  index: number
  bytes: Uint8Array
  /** Length of the log when the block's append had returned. */
  logBytes: number
}

export interface Image {
  /** The store's directory. */
  dir: string
  /** Its database. */
  db: string
  /** Its only log. */
  log: string
  blocks: ImageBlock[]
}

/** `count` blocks of 20 to 64 KiB in three cores; none of them in a table yet. */
export async function createCrashImage(t: Assert, count = 36): Promise<Image> {
  const live = await t.tmp()
  const store = new Corestore(live)
  await store.ready()
  const blocks = await fill(store, path.join(live, 'db'), count)
  const image = await copyStore(live, await t.tmp())
  await store.close()
  return { ...image, blocks }
}

async function fill(store: Corestore, db: string, count: number): Promise<ImageBlock[]> {
  const cores = ['one', 'two', 'three'].map((name) => store.get({ name } as never))
  await Promise.all(cores.map((core) => core.ready()))
  const blocks: ImageBlock[] = []
  for (let i = 0; i < count; i++) {
    const core = cores[i % 3]!
    const bytes = b4a.alloc(20480 + ((i * 7919) % 45056), i + 1)
    await core.append(bytes)
    const logBytes = (await fs.promises.stat(await onlyLog(db))).size
    blocks.push({ key: core.key, index: core.length - 1, bytes, logBytes })
  }
  return blocks
}

/** Copies the files of a store, open or closed. */
export async function copyStore(from: string, to: string): Promise<Omit<Image, 'blocks'>> {
  const db = path.join(to, 'db')
  await fs.promises.mkdir(db, { recursive: true })
  for (const name of await fs.promises.readdir(path.join(from, 'db'))) {
    await fs.promises.copyFile(path.join(from, 'db', String(name)), path.join(db, String(name)))
  }
  return { dir: to, db, log: await onlyLog(db) }
}

export async function copyImage(t: Assert, image: Image): Promise<Image> {
  return { ...(await copyStore(image.dir, await t.tmp())), blocks: image.blocks }
}

async function onlyLog(db: string): Promise<string> {
  const names = (await fs.promises.readdir(db))
    .map(String)
    .filter((name) => /^\d+\.log$/.test(name))
  if (names.length !== 1) throw new Error('expected one log, found ' + names.join())
  return path.join(db, names[0]!)
}

/** Opens the copy; the test closes it. */
export async function openImage(t: Assert, { dir }: Pick<Image, 'dir'>): Promise<Corestore> {
  const store = new Corestore(dir, { allowBackup: true })
  t.teardown(() => store.close())
  await store.ready()
  return store
}

/** How many of `blocks` are there, in order and intact; throws on a wrong one or a hole. */
export async function countIntact(store: Corestore, blocks: ImageBlock[]): Promise<number> {
  let intact = 0
  for (const [i, { key, index, bytes }] of blocks.entries()) {
    const core = store.get({ key })
    await core.ready()
    const found = index < core.length ? await core.get(index, { wait: false }) : null
    await core.close()
    if (found === null) continue
    if (intact !== i) throw new Error(`block ${i} is there, but ${intact} is not`)
    if (!b4a.equals(found, bytes)) throw new Error(`block ${i} has other bytes`)
    intact++
  }
  return intact
}

export async function readLog({ log }: Pick<Image, 'log'>): Promise<Uint8Array> {
  return (await fs.promises.readFile(log)) as Uint8Array
}
