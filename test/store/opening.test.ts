import b4a from 'b4a'
import test from 'brittle'
import type Corestore from 'corestore'
import crypto from 'hypercore-crypto'
import { manifestOf } from '../../core/encoding/core-key.ts'
import { exists, fs, path } from '../../core/runtime/fs.ts'
import { fillStore, mendLog, readStore } from '../../core/store/opening.ts'
import { isDamagedTable } from '../../core/store/salvage/table-damage.ts'
import { checkWal } from '../../core/store/wal/wal-check.ts'
import { copyStore, createCrashImage, readLog } from './crash-image.ts'
import { DAMAGES } from './damage.ts'

const PAIR = crypto.keyPair()
const BLOCK = b4a.from('what is to stay')

test('what a store was filled with is in its tables, not only in its log', async (t) => {
  const dir = await t.tmp()
  await fillStore(dir, append)
  const { files } = await checkWal(path.join(dir, 'db'))
  t.is(
    files.reduce((sum, { records }) => sum + records, 0),
    0
  )
  t.alike(await readStore(dir, {}, read), BLOCK)
})

test('where filling fails, the directory is free again', async (t) => {
  const dir = await t.tmp()
  const filling = fillStore(dir, async (store) => {
    await append(store)
    throw new Error('no room')
  })
  await t.exception(filling, /no room/)
  await fillStore(dir, append)
  t.alike(await readStore(dir, {}, read), BLOCK)
})

test('a store that does not open is let go of: asked again, it says the same', async (t) => {
  const dir = await t.tmp()
  await fillStore(dir, append)
  const db = path.join(dir, 'db')
  const tables = fs.readdirSync(db).map(String)
  for (const name of tables.filter((name) => name.endsWith('.sst'))) {
    const bytes = await readLog({ log: path.join(db, name) })
    await fs.promises.writeFile(path.join(db, name), bytes.subarray(0, -20) as never)
  }
  for (const options of [{}, {}, { readOnly: true }, {}]) {
    const err = await readStore(dir, options, read).then(
      () => null,
      (reason: unknown) => reason
    )
    t.ok(isDamagedTable(err), String(err))
  }
})

test('what was found of a log is noted before the log is cut', async (t) => {
  const device = await t.tmp()
  const dir = path.join(device, 'store')
  const { log } = await copyStore((await createCrashImage(t, 3)).dir, dir)
  await DAMAGES['garbage appended']!(log)
  const before = (await readLog({ log })).byteLength
  const seen: unknown[] = []
  const report = await mendLog(dir, async ({ state }) => {
    seen.push([state, (await readLog({ log })).byteLength])
  })
  t.alike(seen, [['damaged', before]])
  t.is((await readLog({ log })).byteLength, report.validBytes)
  t.ok(await exists(path.join(device, 'quarantine', path.basename(log))))
})

async function append(store: Corestore): Promise<void> {
  const core = store.get({ manifest: manifestOf(PAIR.publicKey) })
  await core.append(BLOCK, { keyPair: PAIR })
  await core.close()
}

async function read(store: Corestore): Promise<Uint8Array | null> {
  const core = store.get({ manifest: manifestOf(PAIR.publicKey) })
  const block = await core.get(0, { wait: false })
  await core.close()
  return block
}
