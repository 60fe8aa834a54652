import b4a from 'b4a'
import test from 'brittle'
import { createSeed, loadSeed } from '../../core/identity/seed-file.ts'
import { fs, path } from '../../core/runtime/fs.ts'
import { TemoinError } from '../../core/errors.ts'

test('A seed comes back from its file', async (t) => {
  const dir = path.join(await t.tmp(), 'device')
  const seed = await createSeed(dir)
  t.is(seed.byteLength, 32)
  t.alike(await loadSeed(dir), seed)
})

test('A directory without a seed is no device', async (t) => {
  t.is(await loadSeed(await t.tmp()), null)
})

test('Two devices have two seeds', async (t) => {
  const dir = await t.tmp()
  t.unlike(await createSeed(path.join(dir, 'a')), await createSeed(path.join(dir, 'b')))
})

test('The seed is readable by its owner alone, and so is its directory', async (t) => {
  const dir = path.join(await t.tmp(), 'device')
  await createSeed(dir)
  const mode = async (file: string): Promise<number> => (await fs.promises.stat(file)).mode & 0o777
  if (path.sep === '\\') return t.pass('Windows keeps no such modes')
  t.is(await mode(path.join(dir, 'seed')), 0o600)
  t.is(await mode(dir), 0o700)
})

test('Nothing but the seed file is left in the directory', async (t) => {
  const dir = await t.tmp()
  await createSeed(dir)
  t.alike(fs.readdirSync(dir), ['seed'])
})

test('A damaged seed is refused with the remedy, never used', async (t) => {
  const dir = await t.tmp()
  await createSeed(dir)
  const file = path.join(dir, 'seed')
  const whole = fs.readFileSync(file) as Uint8Array
  const wrong = {
    empty: b4a.alloc(0),
    cut: whole.subarray(0, 37),
    longer: b4a.concat([whole, b4a.alloc(1)]),
    'of another version': b4a.concat([whole.subarray(0, 5), b4a.from([2]), whole.subarray(6)]),
    'of another kind': b4a.concat([b4a.from('XXXXX'), whole.subarray(5)])
  }
  for (const [what, bytes] of Object.entries(wrong)) {
    fs.writeFileSync(file, bytes)
    const err = await loadSeed(dir).catch((err: unknown) => err)
    t.ok(TemoinError.is(err, 'STORAGE_DAMAGED'), what)
  }
})
