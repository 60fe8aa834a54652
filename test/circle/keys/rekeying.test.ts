import b4a from 'b4a'
import test from 'brittle'
import { makeRekeyed, openRekeyed } from '../../../core/circle/keys/rekeying.ts'
import { epochIdOf, relaySecret } from '../../../core/circle/keys/secrets.ts'
import { encodeOutline } from '../../../core/encoding/journal/journal-entry-outline.ts'
import type { DeviceKeys } from '../../../core/identity/device-keys.ts'
import { wrapFor } from '../../../core/identity/device-keys.ts'
import { randomBytes } from '../../../core/identity/hash.ts'
import { MAX_EPOCHS, MAX_JOURNAL_ENTRY_BYTES, MAX_MEMBERS } from '../../../core/limits.ts'
import { newKeys } from '../members.ts'

test('each member opens the new secret and those before it, and nobody else does', (t) => {
  const [ana, ben, cleo] = [newKeys(), newKeys(), newKeys()]
  const older = [randomBytes(32), randomBytes(32)]
  const secret = randomBytes(32)
  const facts = { members: [ana, ben].map(asMember), without: [cleo.device], older, atMs: 1 }
  const body = makeRekeyed(facts, secret)
  t.alike(body.epoch, idOf(secret))
  t.alike(body.carries, older.map(idOf))
  for (const keys of [ana, ben]) t.alike(wholesIn(body, keys), [...older, secret])
  t.alike(openRekeyed(body, cleo), [])
})

test('a relay opens the relay secrets of all of them, and no whole one', (t) => {
  const [ana, box] = [newKeys(), newKeys()]
  const older = [randomBytes(32), randomBytes(32)]
  const secret = randomBytes(32)
  const members = [asMember(ana), { ...asMember(box), isRelay: true }]
  const body = makeRekeyed({ members, without: [], older, atMs: 1 }, secret)
  const wanted = [...older, secret].map((each) => ({ whole: false, bytes: relaySecret(each) }))
  t.alike(openRekeyed(body, box), wanted)
  t.alike(wholesIn(body, ana), [...older, secret])
  const sizes = body.wrapped.map((one) => one.box.byteLength)
  t.is(new Set(sizes).size, 1, 'its box looks like any other')
})

test('a box that holds another part of the secret than it says is refused', (t) => {
  const ana = newKeys()
  const body = made([ana])
  const wrapped = body.wrapped.map((one) => ({ ...one, forRelay: true }))
  t.alike(openRekeyed({ ...body, wrapped }, ana), [])
})

test('a secret that is not the one it is called is refused', (t) => {
  const ana = newKeys()
  const body = made([ana])
  const other = wrapFor(ana.box, randomBytes(32))
  const wrapped = body.wrapped.map((one) =>
    b4a.equals(one.device, ana.device) ? { ...one, box: other } : one
  )
  t.alike(openRekeyed({ ...body, wrapped }, ana), [])
  t.is(openRekeyed(body, ana).length, 1)
})

test('the secret is of use where those before it are mangled', (t) => {
  const ana = newKeys()
  const older = randomBytes(48)
  t.is(wholesIn({ ...made([ana]), older }, ana).length, 1)
})

test('its size does not tell how many members there are', (t) => {
  const sizes = [1, 3, 8].map((count) => size(made(Array.from({ length: count }, newKeys))))
  t.is(new Set(sizes).size, 1)
})

test('the largest there can be fits an entry', (t) => {
  const facts = {
    members: Array.from({ length: MAX_MEMBERS }, newKeys).map(asMember),
    without: Array.from({ length: MAX_MEMBERS }, () => randomBytes(32)),
    older: Array.from({ length: MAX_EPOCHS }, () => randomBytes(32)),
    atMs: 1
  }
  t.ok(size(makeRekeyed(facts)) < MAX_JOURNAL_ENTRY_BYTES - 256)
})

function made(members: DeviceKeys[]) {
  return makeRekeyed({ members: members.map(asMember), without: [], older: [], atMs: 1 })
}

function asMember({ device, box }: DeviceKeys) {
  return { device, box, isRelay: false }
}

function wholesIn(body: ReturnType<typeof made>, keys: DeviceKeys): Uint8Array[] {
  return openRekeyed(body, keys).flatMap(({ whole, bytes }) => (whole ? [bytes] : []))
}

function idOf(secret: Uint8Array): Uint8Array {
  return epochIdOf(relaySecret(secret))
}

function size(body: ReturnType<typeof made>): number {
  return encodeOutline({ kind: 'rekeyed', body }).byteLength
}
