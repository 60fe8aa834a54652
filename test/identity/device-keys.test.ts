import b4a from 'b4a'
import test from 'brittle'
import { boxClaim } from '../../core/encoding/box-claim.ts'
import { LABELS } from '../../core/encoding/signable.ts'
import { encode } from '../../core/encoding/wire.ts'
import {
  DeviceKeys,
  verifyAttestation,
  verifyBox,
  verifyStatement,
  wrapFor
} from '../../core/identity/device-keys.ts'
import { randomBytes } from '../../core/identity/hash.ts'

const make = (n: number): DeviceKeys => new DeviceKeys(b4a.alloc(32, n))
const body = b4a.from('statement')
const claim = {
  kind: 'recording' as const,
  circle: b4a.alloc(32, 1),
  core: b4a.alloc(32, 2),
  startedAtMs: 1_790_000_000_000,
  previous: b4a.alloc(32, 3)
}

test('One seed gives one device, another seed another', (t) => {
  t.alike(make(1).device, make(1).device)
  t.alike(make(1).box, make(1).box)
  t.unlike(make(1).device, make(2).device)
  t.unlike(make(1).box, make(2).box)
})

test('A statement is the device’s own: another device, body or purpose does not verify', (t) => {
  const keys = make(1)
  const signature = keys.sign(LABELS.receipt, body)
  t.ok(verifyStatement(LABELS.receipt, body, signature, keys.device))
  t.absent(verifyStatement(LABELS.attestation, body, signature, keys.device), 'purpose')
  t.absent(verifyStatement(LABELS.receipt, b4a.from('other'), signature, keys.device), 'body')
  t.absent(verifyStatement(LABELS.receipt, body, signature, make(2).device), 'device')
})

test('An attestation binds every field of its claim', (t) => {
  const keys = make(1)
  const whole = { ...claim, device: keys.device }
  const signature = keys.attest(claim)
  t.ok(verifyAttestation(whole, signature))
  const changes = [
    { kind: 'journal' as const },
    { device: make(2).device },
    { circle: b4a.alloc(32, 9) },
    { core: b4a.alloc(32, 9) },
    { startedAtMs: whole.startedAtMs + 1 },
    { previous: null },
    { previous: b4a.alloc(32, 9) }
  ]
  for (const change of changes) {
    t.absent(verifyAttestation({ ...whole, ...change }, signature), Object.keys(change)[0])
  }
})

test('A signature with any bit flipped does not verify, and does not throw', (t) => {
  const keys = make(1)
  const signature = keys.sign(LABELS.receipt, body)
  for (let i = 0; i < 64; i++) {
    const flipped = b4a.from(signature)
    flipped[i]! ^= 1 << (i % 8)
    t.absent(verifyStatement(LABELS.receipt, body, flipped, keys.device), `byte ${i}`)
  }
})

test('A box key is the device’s own by its own signature alone, whoever signs for it', (t) => {
  const [own, other] = [make(1), make(2)]
  const { device, box, boxSignature } = own.signedBox
  t.alike([device, box], [own.device, own.box])
  t.alike(make(1).signedBox, own.signedBox, 'the same after a restart')
  t.ok(verifyBox({ device, box, boxSignature }))
  t.absent(verifyBox({ device, box: other.box, boxSignature }))
  t.absent(verifyBox({ device: other.device, box, boxSignature }))
  t.absent(verifyBox({ ...other.signedBox, device }))
  const claim = encode(boxClaim, { device, box: other.box })
  t.absent(verifyBox({ device, box: other.box, boxSignature: other.sign(LABELS.boxKey, claim) }))
  const another = own.sign(LABELS.attestation, encode(boxClaim, { device, box }))
  t.absent(
    verifyBox({ device, box, boxSignature: another }),
    'nor by what it signed for another end'
  )
})

test('A wrapped secret opens on its device alone', (t) => {
  const secret = randomBytes(32)
  const sealed = wrapFor(make(1).box, secret)
  t.is(sealed.byteLength, 80)
  t.alike(b4a.from(make(1).unwrap(sealed)!), secret)
  t.is(make(2).unwrap(sealed), null)
})

test('A wrapped secret with a byte changed, or cut, does not open', (t) => {
  const sealed = wrapFor(make(1).box, randomBytes(32))
  const changed = b4a.from(sealed)
  changed[50]! ^= 1
  t.is(make(1).unwrap(changed), null)
  t.is(make(1).unwrap(sealed.subarray(0, 79)), null)
  t.is(make(1).unwrap(sealed.subarray(0, 10)), null)
  t.is(make(1).unwrap(b4a.alloc(0)), null)
})

test('A secret for one purpose is the same after a restart, and tells nothing of another', (t) => {
  t.alike(make(1).secret('a', body), make(1).secret('a', body))
  t.unlike(make(1).secret('a', body), make(1).secret('b', body))
  t.unlike(make(1).secret('a', body), make(2).secret('a', body))
})

test('The seed is zeros once the keys are made, and the keys are when they are wiped', (t) => {
  const seed = b4a.alloc(32, 1)
  const keys = new DeviceKeys(seed)
  t.alike(seed, b4a.alloc(32))
  const sealed = wrapFor(keys.box, randomBytes(32))
  keys.wipe()
  t.alike(b4a.from(keys.noise.secretKey), b4a.alloc(64))
  t.is(keys.unwrap(sealed), null)
})

test('Locked keys open nothing, and still sign, attest and find their journals', (t) => {
  const keys = make(1)
  const sealed = wrapFor(keys.box, randomBytes(32))
  const before = keys.secret('a', body)
  keys.lock()
  t.ok(keys.isLocked)
  t.is(keys.unwrap(sealed), null)
  t.ok(verifyStatement(LABELS.receipt, body, keys.sign(LABELS.receipt, body), keys.device))
  t.ok(verifyAttestation({ ...claim, device: keys.device }, keys.attest(claim)))
  t.alike(keys.secret('a', body), before)
})

test('Locked keys open again with their own seed alone', (t) => {
  const keys = make(1)
  const secret = randomBytes(32)
  const sealed = wrapFor(keys.box, secret)
  keys.lock()
  t.absent(keys.unlock(b4a.alloc(32, 2)), 'another device')
  t.is(keys.unwrap(sealed), null)
  const seed = b4a.alloc(32, 1)
  t.ok(keys.unlock(seed))
  t.alike(seed, b4a.alloc(32), 'and the seed is gone again')
  t.alike(b4a.from(keys.unwrap(sealed)!), secret)
})
