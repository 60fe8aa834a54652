import test, { configure } from 'brittle'
import Corestore from 'corestore'
import { exists, fs, path } from '../../core/runtime/fs.ts'
import { run, temoin } from '../helpers/cli/cli.ts'
import { filmed } from '../helpers/cli/film.ts'

// many processes, each of which takes its time on a machine that is busy
configure({ timeout: 300_000 })

const FLIPPED_BYTES = 24

test('the only copy comes out of a store with a damaged table, and verifies', async (t) => {
  const { dir, author, holder, recording, length } = await filmed(t)
  await damageTable(holder.storage, (bytes) => bytes - 50) // its footer: RocksDB does not open it
  const listed = await run(t, ['list'], holder)
  t.is(listed.code, 0, listed.err)
  const alarm = listed.events.find(({ event }) => event === 'alarm')!
  t.is(alarm['kind'], 'storage-damaged')
  t.ok(await exists(path.join(alarm['quarantine'], 'db')), 'the damaged store is still there')
  t.ok(/nothing is deleted/.test(listed.err) && /fetched again/.test(listed.err), listed.err)
  t.alike([listed.last!['recording'], listed.last!['length']], [recording, length])
  const exported = await run(t, ['export', recording, path.join(dir, 'package')], holder)
  t.is(exported.code, 0, exported.err)
  t.is((await run(t, ['verify', path.join(dir, 'package')])).code, 0)
  const holding = temoin(t, ['hold'], holder)
  await holding.waitFor('ready')
  const told = temoin(t, ['hold'], author)
  await told.waitFor('alarm', ({ kind }) => kind === 'storage-damaged')
})

test('damage that only reading comes upon is mended when the command is given again', async (t) => {
  const { holder } = await filmed(t)
  await damageTable(holder.storage, (bytes) => Math.floor(bytes * 0.4))
  const codes: (number | null)[] = []
  for (let i = 0; i < 2; i++) {
    const { code, err } = await run(t, ['check', '--wait', '0'], holder)
    codes.push(code)
    t.absent(/should not/.test(err), err)
    if (i === 0 && code !== 0) t.ok(/start again|copied into a fresh store/.test(err), err)
  }
  t.is((await run(t, ['list'], holder)).code, 0)
  t.ok(await exists(path.join(holder.storage, 'quarantine', 'store')), codes.join())
})

/** Flips a few bytes of the only table of a device's store. */
async function damageTable(storage: string, at: (bytes: number) => number): Promise<void> {
  const store = new Corestore(path.join(storage, 'store'))
  await store.ready()
  await store.storage.db.flush()
  await (store.storage.db as any).compactRange()
  await store.close()
  const db = path.join(storage, 'store', 'db')
  const tables = (await fs.promises.readdir(db)).map(String).filter((name) => name.endsWith('.sst'))
  const table = path.join(db, tables.at(-1)!)
  const bytes = (await fs.promises.readFile(table)) as Uint8Array
  const from = at(bytes.byteLength)
  for (let i = from; i < from + FLIPPED_BYTES; i++) bytes[i]! ^= 0xa5
  await fs.promises.writeFile(table, bytes as never)
}
