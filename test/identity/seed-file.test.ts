import b4a from 'b4a'
import test from 'brittle'
import { passphraseBytes } from '../../core/identity/passphrase.ts'
import {
  createSeed,
  isSeedWiped,
  loadSeed,
  putUnderPassphrase,
  readSeedFile,
  removeWipedSeed,
  takeFromPassphrase,
  wipeSeed
} from '../../core/identity/seed-file.ts'
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
    'of another version': b4a.concat([whole.subarray(0, 5), b4a.from([3]), whole.subarray(6)]),
    'locked, and cut': b4a.concat([whole.subarray(0, 5), b4a.from([2]), whole.subarray(6)]),
    'of another kind': b4a.concat([b4a.from('XXXXX'), whole.subarray(5)])
  }
  for (const [what, bytes] of Object.entries(wrong)) {
    fs.writeFileSync(file, bytes)
    const err = await loadSeed(dir).catch((err: unknown) => err)
    t.ok(TemoinError.is(err, 'STORAGE_DAMAGED'), what)
  }
})

const CHEAP = { passes: 1, memoryKiB: 64 }
const ask = (text: string) => () => Promise.resolve(passphraseBytes(text))
const words = 'five words by pure chance'

test('A seed under a passphrase is on the disk under it alone, and opens with it', async (t) => {
  const dir = await t.tmp()
  const seed = b4a.from(await createSeed(dir))
  await putUnderPassphrase(dir, seed, passphraseBytes(words), CHEAP)
  t.alike(fs.readdirSync(dir), ['seed'])
  const raw = b4a.from(fs.readFileSync(path.join(dir, 'seed')) as Uint8Array)
  t.is(b4a.indexOf(raw, seed as any), -1)
  t.alike(b4a.from((await loadSeed(dir, ask(words)))!), seed)
  if (path.sep === '\\') return
  t.is((await fs.promises.stat(path.join(dir, 'seed'))).mode & 0o777, 0o600)
})

test('A locked seed is not to be had without its passphrase', async (t) => {
  const dir = await t.tmp()
  await createSeed(dir, passphraseBytes(words), CHEAP)
  const codes = [undefined, ask('five words by bad luck')].map(async (asked) => {
    const err = await loadSeed(dir, asked).catch((err: unknown) => err)
    return TemoinError.is(err) ? err.code : null
  })
  t.alike(await Promise.all(codes), ['DEVICE_LOCKED', 'PASSPHRASE_WRONG'])
})

test('The passphrase that was given is zeros afterwards', async (t) => {
  const dir = await t.tmp()
  await createSeed(dir, passphraseBytes(words), CHEAP)
  const given = passphraseBytes(words)
  await loadSeed(dir, () => Promise.resolve(given))
  t.ok(given.every((byte) => byte === 0))
})

test('The bare seed is overwritten where it stood when it is put under a passphrase', async (t) => {
  const dir = await t.tmp()
  const seed = b4a.from(await createSeed(dir))
  const old = fs.openSync(path.join(dir, 'seed'), 'r') // the file that the name no longer leads to
  t.teardown(() => fs.closeSync(old))
  await putUnderPassphrase(dir, seed, passphraseBytes(words), CHEAP)
  const left = b4a.alloc(64, 1)
  t.is(fs.readSync(old, left, 0, 64, 0), 38)
  t.alike(left.subarray(0, 38), b4a.alloc(38))
})

test('A passphrase can be changed and taken away: the device stays the same', async (t) => {
  const dir = await t.tmp()
  const seed = b4a.from(await createSeed(dir, passphraseBytes(words), CHEAP))
  await putUnderPassphrase(dir, seed, passphraseBytes('another five good words'), CHEAP)
  await t.exception(loadSeed(dir, ask(words)), /does not open/)
  t.alike(b4a.from((await loadSeed(dir, ask('another five good words')))!), seed)
  await takeFromPassphrase(dir, seed)
  t.alike(b4a.from((await loadSeed(dir))!), seed)
})

test('A wiped seed says that a panic has begun, until it is removed', async (t) => {
  const dir = await t.tmp()
  await createSeed(dir)
  fs.writeFileSync(path.join(dir, 'seed.tmp'), 'half a replacement')
  await wipeSeed(dir)
  t.alike(fs.readdirSync(dir), ['seed'])
  t.ok((fs.readFileSync(path.join(dir, 'seed')) as Uint8Array).every((byte) => byte === 0))
  t.ok(await isSeedWiped(dir))
  const err = await loadSeed(dir).catch((err: unknown) => err)
  t.ok(TemoinError.is(err, 'DEVICE_WIPED'))
  await wipeSeed(dir)
  await removeWipedSeed(dir)
  t.is((await readSeedFile(dir)).kind, 'none')
})

test('A panic leaves its mark where there was no seed, or an empty one', async (t) => {
  for (const empty of [false, true]) {
    const dir = await t.tmp()
    if (empty) fs.writeFileSync(path.join(dir, 'seed'), '')
    await wipeSeed(dir)
    t.ok(await isSeedWiped(dir))
  }
})
