import b4a from 'b4a'
import test from 'brittle'
import { makeRekeyed, openRekeyed } from '../../../core/circle/keys/rekeying.ts'
import { epochIdOf } from '../../../core/circle/keys/secrets.ts'
import { encodeJournalEntry } from '../../../core/encoding/journal-entry.ts'
import { DeviceKeys, wrapFor } from '../../../core/identity/device-keys.ts'
import { randomBytes } from '../../../core/identity/hash.ts'
import { MAX_EPOCHS, MAX_JOURNAL_ENTRY_BYTES, MAX_MEMBERS } from '../../../core/limits.ts'

test('each member opens the new secret and those before it, and nobody else does', (t) => {
  const [ana, ben, cleo] = [newKeys(), newKeys(), newKeys()]
  const older = [randomBytes(32), randomBytes(32)]
  const secret = randomBytes(32)
  const facts = { members: [ana, ben], without: [cleo.device], older, atMs: 1 }
  const body = makeRekeyed(facts, secret)
  t.alike(body.epoch, epochIdOf(secret))
  t.alike(body.carries, older.map(epochIdOf))
  for (const keys of [ana, ben]) t.alike(openRekeyed(body, keys), { secret, older })
  t.is(openRekeyed(body, cleo), null)
})

test('a secret that is not the one it is called is refused', (t) => {
  const ana = newKeys()
  const body = made([ana])
  const other = wrapFor(ana.box, randomBytes(32))
  const wrapped = body.wrapped.map((one) =>
    b4a.equals(one.device, ana.device) ? { ...one, box: other } : one
  )
  t.is(openRekeyed({ ...body, wrapped }, ana), null)
  t.ok(openRekeyed(body, ana))
})

test('the secret is of use where those before it are mangled', (t) => {
  const ana = newKeys()
  const older = randomBytes(48)
  t.alike(openRekeyed({ ...made([ana]), older }, ana)!.older, [])
})

test('its size does not tell how many members there are', (t) => {
  const sizes = [1, 3, 8].map((count) => size(made(Array.from({ length: count }, newKeys))))
  t.is(new Set(sizes).size, 1)
})

test('the largest there can be fits an entry', (t) => {
  const facts = {
    members: Array.from({ length: MAX_MEMBERS }, newKeys),
    without: Array.from({ length: MAX_MEMBERS }, () => randomBytes(32)),
    older: Array.from({ length: 2 * MAX_EPOCHS }, () => randomBytes(32)),
    atMs: 1
  }
  t.ok(size(makeRekeyed(facts)) < MAX_JOURNAL_ENTRY_BYTES - 256)
})

function made(members: DeviceKeys[]) {
  return makeRekeyed({ members, without: [], older: [], atMs: 1 })
}

function size(body: ReturnType<typeof made>): number {
  return encodeJournalEntry({ kind: 'rekeyed', body }).byteLength
}

function newKeys(): DeviceKeys {
  return new DeviceKeys(randomBytes(32))
}
