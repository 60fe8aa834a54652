import b4a from 'b4a'
import test from 'brittle'
import Hypercore from 'hypercore'
import crypto from 'hypercore-crypto'
import { coreKey, encodeManifest, manifestOf } from '../../core/encoding/core-key.ts'
import { seeded } from '../helpers/random.ts'

test('The key of a core is what Hypercore makes of its signer', (t) => {
  const random = seeded(1)
  for (let i = 0; i < 50; i++) {
    const signer = crypto.keyPair(random.bytes(32)).publicKey
    t.ok(b4a.equals(coreKey(signer), Hypercore.key(manifestOf(signer))), `signer ${i}`)
  }
})

test('The manifest names the signer and nothing else', (t) => {
  const signer = b4a.alloc(32, 7)
  const manifest = encodeManifest(signer)
  t.is(manifest.byteLength, 6 + 32 + 32)
  t.ok(b4a.equals(manifest.subarray(-32), signer))
})
