import b4a from 'b4a'
import test from 'brittle'
import type { Assert } from 'brittle'
import { TemoinError } from '../../../core/errors.ts'
import { fs, path } from '../../../core/runtime/fs.ts'
import { encodeRecords, recordsOf } from '../../../core/store/rocksdb/log-format.ts'
import { checkWal } from '../../../core/store/wal/wal-check.ts'
import {
  copyImage,
  copyStore,
  countIntact,
  createCrashImage,
  openImage,
  readLog
} from '../crash-image.ts'
import type { Image } from '../crash-image.ts'
import { DAMAGES, endlessHeader, noise, rewrite } from '../damage.ts'

test('a crash image is sound, and all that was written is in it', async (t) => {
  const image = await createCrashImage(t)
  const report = await checkWal(image.db)
  t.is(report.state, 'sound')
  t.is(report.validBytes, image.blocks.at(-1)!.logBytes)
  t.is(report.bytes, report.validBytes)
  t.is(await countIntact(await openImage(t, image), image.blocks), image.blocks.length)
})

test('a log cut in a record has a torn tail, and opens with all that precedes the cut', async (t) => {
  const image = await createCrashImage(t, 12)
  const { logBytes } = image.blocks[7]!
  await rewrite(image.log, (log) => log.subarray(0, logBytes - 2000))
  const report = await checkWal(image.db)
  t.is(report.state, 'torn-tail')
  t.ok(report.validBytes >= image.blocks[6]!.logBytes && report.validBytes < logBytes)
  t.is(await countIntact(await openImage(t, image), image.blocks), 7)
})

test('zeros after the last record, as space set aside, lose nothing', async (t) => {
  const image = await createCrashImage(t, 6)
  await rewrite(image.log, (log) => b4a.concat([log, b4a.alloc(100000)]))
  t.is((await checkWal(image.db)).state, 'torn-tail')
  t.is(await countIntact(await openImage(t, image), image.blocks), 6)
})

test('every kind of damage is seen, and valid ends with the last record before it', async (t) => {
  const image = await createCrashImage(t)
  for (const [name, damage] of Object.entries(DAMAGES)) {
    const copy = await copyImage(t, image)
    const { at } = await damage(copy.log)
    const report = await checkWal(copy.db)
    const intact = image.blocks.filter(({ logBytes }) => logBytes <= at)
    t.is(report.state, 'damaged', name)
    t.ok(report.validBytes <= at, 'nothing damaged counts as valid')
    t.ok(report.validBytes >= (intact.at(-1)?.logBytes ?? 0), 'nothing intact counts as damaged')
  }
})

test('records beyond the damage are counted as lost', async (t) => {
  const image = await createCrashImage(t)
  await DAMAGES['8 flipped bytes in the middle']!(image.log)
  const records = recordsOf(await readLog(await createCrashImage(t))).length
  const { files, recordsLost } = await checkWal(image.db)
  // at most the damaged record and one that shares its 32 KiB block go uncounted
  t.ok(recordsLost > 10 && files[0]!.records + recordsLost >= records - 3)
})

test('a store whose log was deleted is damaged, an empty directory and a missing one are not', async (t) => {
  const image = await createCrashImage(t, 3)
  await fs.promises.rm(image.log)
  t.is((await checkWal(image.db)).state, 'damaged')
  t.is((await checkWal(await t.tmp())).state, 'sound')
  t.is((await checkWal(path.join(await t.tmp(), 'none'))).state, 'sound')
})

test('several logs are one chain: what follows a gap between two is damage', async (t) => {
  const image = await createCrashImage(t, 12)
  const records = await splitLog(image, 14)
  const sound = await checkWal(image.db)
  t.is(sound.state, 'sound')
  t.alike(
    sound.files.map(({ records }) => records),
    [14, records - 14]
  )

  await rewrite(image.log, (log) => encodeRecords(recordsOf(log).slice(0, 10)))
  const gap = await checkWal(image.db)
  t.alike(
    gap.files.map(({ state, records }) => [state, records]),
    [
      ['sound', 10],
      ['damaged', 0]
    ]
  )
  t.is(gap.files[1]!.validBytes, 0)
})

test('what stands after a log with garbage at its end is kept where it continues the chain', async (t) => {
  const image = await createCrashImage(t, 12)
  await splitLog(image, 14)
  await DAMAGES['garbage appended']!(image.log)
  const { files } = await checkWal(image.db)
  t.alike(
    files.map(({ state }) => state),
    ['damaged', 'sound']
  )
})

test('a log whose writes are in tables is not looked at', async (t) => {
  const image = await createCrashImage(t, 3)
  const store = await openImage(t, image)
  await store.close()
  const old = path.join(image.db, '000004.log')
  t.absent((await fs.promises.readdir(image.db)).map(String).includes('000004.log'))
  await fs.promises.writeFile(old, noise(5000) as never)
  const report = await checkWal(image.db)
  t.is(report.state, 'sound')
  t.absent(report.files.some(({ file }) => file === old))
  t.is(await countIntact(await openImage(t, image), image.blocks), 3)
})

test('a damaged or missing index is refused, and every file is left as it was', async (t) => {
  const image = await createStoreWithTable(t)
  const current = path.join(image.db, 'CURRENT')
  const manifest = await manifestOf(image)
  const half = (bytes: Uint8Array) => bytes.subarray(0, bytes.byteLength >> 1)
  const damages: Record<string, () => Promise<void>> = {
    'no CURRENT': () => fs.promises.rm(current),
    'empty CURRENT': () => rewrite(current, () => b4a.alloc(0)),
    'garbage in CURRENT': () => rewrite(current, () => noise(16)),
    'no MANIFEST': () => fs.promises.rm(manifest),
    'empty MANIFEST': () => rewrite(manifest, () => b4a.alloc(0)),
    'MANIFEST cut': () => rewrite(manifest, half),
    'MANIFEST overwritten': () => rewrite(manifest, (bytes) => noise(bytes.byteLength)),
    'MANIFEST that RocksDB reads for ever': () =>
      rewrite(manifest, (bytes) => b4a.concat([bytes, endlessHeader()]))
  }
  for (const [name, damage] of Object.entries(damages)) {
    const before = [await readFile(current), await readFile(manifest)]
    await damage()
    const names = await fs.promises.readdir(image.db)
    await t.exception(checkWal(image.db), /is damaged .*left as it is.*start again/, name)
    await checkWal(image.db).catch((err) => t.ok(TemoinError.is(err, 'STORAGE_DAMAGED')))
    t.alike(await fs.promises.readdir(image.db), names)
    await fs.promises.writeFile(current, before[0] as never)
    await fs.promises.writeFile(manifest, before[1] as never)
  }
  t.is((await checkWal(image.db)).state, 'sound', 'and sound again with its index')
})

test('an index cut short is refused even where no log tells', async (t) => {
  const image = await createCrashImage(t, 3)
  await (await openImage(t, image)).close()
  const manifest = await manifestOf(image)
  await rewrite(manifest, (bytes) => bytes.subarray(0, bytes.byteLength - 3))
  await t.exception(checkWal(image.db), /its index is cut short/)
})

async function manifestOf({ db }: Image): Promise<string> {
  return path.join(db, b4a.toString(await readFile(path.join(db, 'CURRENT'))).trim())
}

async function readFile(file: string): Promise<Uint8Array> {
  return (await fs.promises.readFile(file)) as Uint8Array
}

/** Moves all but the first `count` records into a second log; returns how many there are. */
async function splitLog({ db, log }: Image, count: number): Promise<number> {
  const records = recordsOf(await readLog({ log }))
  await fs.promises.writeFile(log, encodeRecords(records.slice(0, count)) as never)
  const second = path.join(db, '000090.log')
  await fs.promises.writeFile(second, encodeRecords(records.slice(count)) as never)
  return records.length
}

/** Blocks in tables and blobs, and more in the log. */
async function createStoreWithTable(t: Assert): Promise<Image> {
  const image = await createCrashImage(t, 6)
  const store = await openImage(t, image)
  const core = store.get({ name: 'later' } as never)
  await core.append([b4a.alloc(30000, 1), b4a.alloc(30000, 2)])
  await store.close()
  return { ...image, ...(await copyStore(image.dir, await t.tmp())) }
}
