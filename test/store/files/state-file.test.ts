import b4a from 'b4a'
import test from 'brittle'
import { fixed32 } from '../../../core/encoding/wire.ts'
import { DeviceKeys } from '../../../core/identity/device-keys.ts'
import { path } from '../../../core/runtime/fs.ts'
import { SealedFile } from '../../../core/store/files/sealed-file.ts'
import { StateFile } from '../../../core/store/files/state-file.ts'

test('a memory that another version wrote is told with what to do, not by its bytes', async (t) => {
  const dir = await t.tmp()
  const keys = new DeviceKeys(b4a.alloc(32, 7))
  const other = new SealedFile<Uint8Array>({
    file: path.join(dir, 'state'),
    key: keys.secret('temoin/state-key/1'),
    codec: fixed32,
    what: 'state of another version',
    damaged: () => new Error('not reached') as never
  })
  await other.save(b4a.alloc(32, 99))
  const err: any = await new StateFile(dir, keys).load().then(
    () => null,
    (reason: unknown) => reason
  )
  t.is(err?.code, 'STORAGE_DAMAGED')
  t.ok(/of another seed or version: restore it from a backup/.test(err.message), err?.message)
  t.is(err?.cause?.code, 'BAD_ENCODING')
})
