import b4a from 'b4a'
import test from 'brittle'
import crypto from 'hypercore-crypto'
import { coreKey, manifestPreimage } from '../../../core/encoding/core-key.ts'
import { readHead, signerIn } from '../../../core/evidence/verify/log-proof.ts'
import { randomBytes } from '../../../core/identity/hash.ts'
import { treeSignable } from '../../../core/recording/log-tree.ts'

test('the manifest in a package hashes to the recording key, and ends with the signer', (t) => {
  const signer = randomBytes(32)
  t.alike(crypto.hash(manifestPreimage(signer)), coreKey(signer))
  t.alike(signerIn(manifestPreimage(signer)), signer)
  t.is(signerIn(b4a.alloc(102)), null)
  t.is(signerIn(b4a.alloc(5)), null)
})

test('a head says what was signed, and nothing else is a head', (t) => {
  const [key, treeHash] = [randomBytes(32), randomBytes(32)]
  const head = treeSignable(key, treeHash, 1234, 2)
  t.alike(readHead(head), { key, treeHash, length: 1234, fork: 2 })
  t.is(readHead(head.subarray(1)), null)
  t.is(readHead(b4a.alloc(112)), null)
  const endless = b4a.from(head)
  endless.fill(255, 96, 104)
  t.is(readHead(endless), null)
})
