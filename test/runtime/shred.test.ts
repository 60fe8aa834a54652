import b4a from 'b4a'
import test from 'brittle'
import { fs, path, writeFileAtomic } from '../../core/runtime/fs.ts'
import { overwriteFile, replaceSecret, shredFile } from '../../core/runtime/shred.ts'

test('A shredded file is zeros on the disk before its name is gone', async (t) => {
  const file = path.join(await t.tmp(), 'secret')
  fs.writeFileSync(file, 'the secret itself')
  const open = fs.openSync(file, 'r')
  t.teardown(() => fs.closeSync(open))
  t.ok(await shredFile(file))
  t.absent(fs.existsSync(file))
  t.alike(read(open), b4a.alloc(17))
})

test('A secret that is replaced is zeros where it stood, and the new one is whole', async (t) => {
  const file = path.join(await t.tmp(), 'secret')
  fs.writeFileSync(file, 'old secret')
  const open = fs.openSync(file, 'r')
  t.teardown(() => fs.closeSync(open))
  await replaceSecret(file, () => writeFileAtomic(file, b4a.from('new')))
  t.alike(read(open), b4a.alloc(10))
  t.is(String(fs.readFileSync(file)), 'new')
})

test('Where a replacement fails, the old secret stays whole', async (t) => {
  const file = path.join(await t.tmp(), 'secret')
  fs.writeFileSync(file, 'old secret')
  await t.exception(
    replaceSecret(file, () => Promise.reject(new Error('no room'))),
    /no room/
  )
  t.is(String(fs.readFileSync(file)), 'old secret')
})

test('A file that is not there is nothing to shred', async (t) => {
  const file = path.join(await t.tmp(), 'none', 'secret')
  t.absent(await overwriteFile(file))
  t.absent(await shredFile(file))
})

function read(fd: number): Uint8Array {
  const bytes = b4a.alloc(64, 1)
  return bytes.subarray(0, fs.readSync(fd, bytes as never, 0, 64, 0))
}
