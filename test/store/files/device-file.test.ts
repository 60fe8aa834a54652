import test from 'brittle'
import type { Assert } from 'brittle'
import Corestore from 'corestore'
import { fs, path } from '../../../core/runtime/fs.ts'
import { dropEmptyDeviceFile } from '../../../core/store/files/device-file.ts'

test('a store whose device file a power cut left empty opens again', async (t) => {
  const { dir, file, key } = await createClosedStore(t)
  await fs.promises.writeFile(file, '')
  await t.exception(open(t, dir), /Invalid device file/)
  t.ok(await dropEmptyDeviceFile(dir))
  const store = await open(t, dir)
  t.is((await store.get({ key }).get(0))?.byteLength, 10)
})

test('a device file with content is kept, so that a copied store stays refused', async (t) => {
  const { dir, file } = await createClosedStore(t)
  const before = await fs.promises.readFile(file)
  t.absent(await dropEmptyDeviceFile(dir))
  t.alike(await fs.promises.readFile(file), before)
})

test('a directory without a device file is fine', async (t) => {
  t.absent(await dropEmptyDeviceFile(await t.tmp()))
})

async function createClosedStore(t: Assert) {
  const dir = await t.tmp()
  const store = await open(t, dir)
  const core = store.get({ name: 'one' } as never)
  await core.append(new Uint8Array(10))
  const { key } = core
  await store.close()
  return { dir, key, file: path.join(dir, 'CORESTORE') }
}

async function open(t: Assert, dir: string): Promise<Corestore> {
  const store = new Corestore(dir)
  t.teardown(() => store.close().catch(() => {}))
  await store.ready()
  return store
}
