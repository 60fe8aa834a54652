import b4a from 'b4a'
import test from 'brittle'
import { TemoinError } from '../../core/errors.ts'
import {
  assertStrongEnough,
  LOCK_COST,
  lockSeed,
  passphraseBytes,
  unlockSeed
} from '../../core/identity/passphrase.ts'
import { unhex } from '../helpers/encoding/vectors.ts'

/** What a test can wait for; the real cost is paid once below. */
const CHEAP = { passes: 1, memoryKiB: 64 }
const seed = b4a.alloc(32, 7)
const GOLDEN =
  'c80c6d3f551c9978c4c4a6cfe7f0070d043c5b53e87232334ebc28d718290a9baa5f744f09f67e113c788d6d016447cf'
const passphrase = passphraseBytes('correct horse battery staple')

test('A seed under a passphrase opens with it, at the cost it was locked for', async (t) => {
  const locked = await lockSeed(seed, passphrase)
  t.is(locked.passes, LOCK_COST.passes)
  t.is(locked.memoryKiB, LOCK_COST.memoryKiB)
  t.alike(b4a.from(await unlockSeed(locked, passphrase)), seed)
})

test('A wrong passphrase is said to be wrong, and nothing more', async (t) => {
  const locked = await lockSeed(seed, passphrase, CHEAP)
  for (const wrong of ['', 'correct horse battery stapl', 'Correct horse battery staple']) {
    const err = await unlockSeed(locked, passphraseBytes(wrong)).catch((err: unknown) => err)
    t.ok(TemoinError.is(err, 'PASSPHRASE_WRONG'), JSON.stringify(wrong))
  }
})

test('What it costs is bound to the seed: other numbers or salt do not open it', async (t) => {
  const locked = await lockSeed(seed, passphrase, CHEAP)
  const salt = b4a.from(locked.salt)
  salt[0]! ^= 1
  const changes = [{ passes: 2 }, { memoryKiB: 128 }, { salt }]
  for (const change of changes) {
    const opened = unlockSeed({ ...locked, ...change }, passphrase)
    await t.exception(opened, /does not open/, Object.keys(change)[0]!)
  }
})

test('One passphrase gives other bytes each time', async (t) => {
  const first = await lockSeed(seed, passphrase, CHEAP)
  const second = await lockSeed(seed, passphrase, CHEAP)
  t.unlike(first.salt, second.salt)
  t.unlike(first.sealed, second.sealed)
})

test('Persisted: what was locked once opens for ever', async (t) => {
  const locked = {
    ...CHEAP,
    salt: b4a.alloc(16, 1),
    nonce: b4a.alloc(24, 2),
    sealed: unhex(GOLDEN)
  }
  t.alike(b4a.from(await unlockSeed(locked, passphraseBytes('où est la mer ?'))), seed)
})

test('A passphrase is the same however the keyboard composes its letters', async (t) => {
  t.alike(passphraseBytes('ou\u0300 est la mer'), passphraseBytes('o\u00f9 est la mer'))
  await t.exception(() => passphraseBytes('x'.repeat(1025)), /at most 1024/)
})

test('A passphrase shorter than the floor, or of few letters, is refused in one sentence', async (t) => {
  const weak = ['', '123456', 'elevenchars', 'aaaaaaaaaaaaaaaaaaaa', '12121212121212']
  for (const text of weak) await t.exception(() => assertStrongEnough(text), /at least 12/, text)
  for (const text of ['five words by pure chance', 'xK4-pq9!vT2_', 'café au lait 🚇']) {
    await t.execution(() => assertStrongEnough(text), text)
  }
})

test('A film goes on while a passphrase is tried: nothing waits for it', async (t) => {
  let turns = 0
  const timer = setInterval(() => turns++, 1)
  await lockSeed(seed, passphrase)
  clearInterval(timer)
  t.ok(turns > 10, `${turns} turns meanwhile`)
})
