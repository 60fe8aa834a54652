import b4a from 'b4a'
import test from 'brittle'
import { TemoinError } from '../../../core/errors.ts'
import { fs, path } from '../../../core/runtime/fs.ts'
import { encodeRecords, recordsOf } from '../../../core/store/rocksdb/log-format.ts'
import { checkWal } from '../../../core/store/wal/wal-check.ts'
import { repairWal } from '../../../core/store/wal/wal-repair.ts'
import { copyImage, countIntact, createCrashImage, openImage, readLog } from '../crash-image.ts'
import { DAMAGES } from '../damage.ts'

test('after any damage the store opens with every block that precedes it', async (t) => {
  const image = await createCrashImage(t)
  for (const [name, damage] of Object.entries(DAMAGES)) {
    const copy = await copyImage(t, image)
    const { at } = await damage(copy.log)
    await repairWal(await checkWal(copy.db), path.join(copy.dir, 'quarantine'))
    t.is((await checkWal(copy.db)).state, 'sound', name)
    const store = await openImage(t, copy)
    const intact = image.blocks.filter(({ logBytes }) => logBytes <= at).length
    t.ok((await countIntact(store, image.blocks)) >= intact, `${intact} blocks precede it`)
    await store.close()
  }
})

test('what is cut off is in quarantine first, byte for byte, and nothing there is overwritten', async (t) => {
  const image = await createCrashImage(t, 9)
  const quarantine = path.join(await t.tmp(), 'deep', 'quarantine')
  const damaged: Uint8Array[] = []
  for (const name of ['zeros over the tail', 'garbage appended']) {
    await DAMAGES[name]!(image.log)
    damaged.push(await readLog(image))
    const copies = await repairWal(await checkWal(image.db), quarantine)
    t.is(copies.length, 1)
  }
  t.alike((await fs.promises.readdir(quarantine)).map(String).sort(), [
    '000004.log',
    '000004.log.1'
  ])
  t.ok(b4a.equals(await readLog({ log: path.join(quarantine, '000004.log') }), damaged[0]!))
  t.ok(b4a.equals(await readLog({ log: path.join(quarantine, '000004.log.1') }), damaged[1]!))
})

test('what cannot be set aside is not cut', async (t) => {
  const image = await createCrashImage(t, 3)
  await DAMAGES['garbage appended']!(image.log)
  const before = await readLog(image)
  const file = path.join(image.dir, 'a-file')
  await fs.promises.writeFile(file, 'in the way')
  await t.exception(repairWal(await checkWal(image.db), path.join(file, 'quarantine')))
  t.ok(b4a.equals(await readLog(image), before))
})

test('a log that changed since it was checked is left alone', async (t) => {
  const image = await createCrashImage(t, 3)
  await DAMAGES['garbage appended']!(image.log)
  const report = await checkWal(image.db)
  await fs.promises.appendFile(image.log, 'more')
  const before = await readLog(image)
  try {
    await repairWal(report, path.join(image.dir, 'quarantine'))
    t.fail('repaired a log in use')
  } catch (err) {
    t.ok(TemoinError.is(err, 'STORAGE_LOCKED'))
  }
  t.ok(b4a.equals(await readLog(image), before))
})

test('a sound log and a torn tail are not touched', async (t) => {
  const image = await createCrashImage(t, 3)
  const quarantine = path.join(image.dir, 'quarantine')
  t.alike(await repairWal(await checkWal(image.db), quarantine), [])
  const log = await readLog(image)
  await fs.promises.writeFile(image.log, log.subarray(0, log.byteLength - 5) as never)
  t.alike(await repairWal(await checkWal(image.db), quarantine), [])
  t.is((await readLog(image)).byteLength, log.byteLength - 5)
})

test('damage in the first of two logs takes the second with it, so that no core has a hole', async (t) => {
  const image = await createCrashImage(t, 12)
  const records = recordsOf(await readLog(image))
  const second = path.join(image.db, '000090.log')
  await fs.promises.writeFile(image.log, encodeRecords(records.slice(0, 20)) as never)
  await fs.promises.writeFile(second, encodeRecords(records.slice(20)) as never)
  const { at } = await DAMAGES['8 flipped bytes in the middle']!(image.log)

  const copies = await repairWal(await checkWal(image.db), path.join(image.dir, 'quarantine'))
  t.is(copies.length, 2)
  t.is((await fs.promises.stat(second)).size, 0)
  const intact = image.blocks.filter(({ logBytes }) => logBytes <= at).length
  const found = await countIntact(await openImage(t, image), image.blocks)
  t.ok(found >= intact && found < image.blocks.length)
})

test('a repaired store takes new blocks and keeps them', async (t) => {
  const image = await createCrashImage(t, 9)
  await DAMAGES['zeros over the tail']!(image.log)
  await repairWal(await checkWal(image.db), path.join(image.dir, 'quarantine'))
  const store = await openImage(t, image)
  const core = store.get({ name: 'new' } as never)
  await core.append(b4a.from('first'))
  const { key } = core
  await store.close()
  const again = await openImage(t, image)
  t.alike(await again.get({ key }).get(0), b4a.from('first'))
})
