// Our tree beside Hypercore's own, on disk: the two must never differ by a bit.

import b4a from 'b4a'
import test from 'brittle'
import type { Assert } from 'brittle'
import Corestore from 'corestore'
import type Hypercore from 'hypercore'
import crypto from 'hypercore-crypto'
import { coreKey, manifestOf } from '../../core/encoding/core-key.ts'
import {
  LogTree,
  treeSignable,
  unwrapSignature,
  verifyTree,
  wrapSignature
} from '../../core/recording/log-tree.ts'
import { seeded } from '../helpers/random.ts'
import { film, writer } from '../helpers/films/recorder.ts'

async function coreOf(t: Assert, signer: Uint8Array): Promise<Hypercore> {
  const store = new Corestore(await t.tmp())
  t.teardown(() => store.close())
  const core = store.get({ manifest: manifestOf(signer) })
  await core.ready()
  return core
}

test('At every length the tree hash and the signature are Hypercore’s own', async (t) => {
  const random = seeded(2)
  const signer = crypto.keyPair(random.bytes(32))
  const core = await coreOf(t, signer.publicKey)
  const key = coreKey(signer.publicKey)
  const tree = new LogTree()
  for (let length = 1; length <= 70; length++) {
    const block = random.bytes(random.int(300))
    tree.append(block)
    await core.append(block, { keyPair: signer })
    const signature = crypto.sign(treeSignable(key, tree.hash(), length, 0), signer.secretKey)
    t.alike(tree.hash(), await core.treeHash(), `tree hash at ${length}`)
    t.alike(wrapSignature(signature), b4a.from(core.core.header.tree.signature))
  }
  t.is(tree.byteLength, core.byteLength)
})

test('A tree known only by its leaf hashes is the same tree', (t) => {
  const [blocks, leaves] = [new LogTree(), new LogTree()]
  for (const text of ['a', 'bb', 'ccc', 'dddd', 'eeeee']) {
    const block = b4a.from(text)
    blocks.append(block)
    leaves.appendLeaf(crypto.data(block), block.byteLength)
  }
  t.alike(leaves, blocks)
})

test('A core takes the blocks of a recording with the signatures made before its disk had them', async (t) => {
  const recording = writer()
  const blocks = [...film(recording, 20), recording.seal('stopped', 0)]
  const core = await coreOf(t, recording.signer)
  t.alike(core.key, recording.key)
  for (const { value, signature } of blocks) {
    await core.append(value, { signature: wrapSignature(signature) })
  }
  t.is(core.length, 22)
  t.alike(b4a.from((await core.get(7))!), b4a.from(blocks[7]!.value))
})

test('Another store takes such a core from it, and so finds every signature good', async (t) => {
  const recording = writer()
  const blocks = film(recording, 20)
  const core = await coreOf(t, recording.signer)
  for (const { value, signature } of blocks) {
    await core.append(value, { signature: wrapSignature(signature) })
  }
  const copy = await coreOf(t, recording.signer)
  const [a, b] = [(core as any).replicate(true), (copy as any).replicate(false)]
  a.pipe(b).pipe(a)
  t.teardown(() => Promise.all([a.destroy(), b.destroy()]), { order: -1 })
  for (const { index, value } of blocks) {
    t.alike(b4a.from((await copy.get(index))!), b4a.from(value), `block ${index}`)
  }
})

test('A tree head verifies as signed, and in no other way', (t) => {
  const signer = crypto.keyPair(b4a.alloc(32, 1))
  const [core, hash, other] = [b4a.alloc(32, 2), b4a.alloc(32, 3), b4a.alloc(32, 4)]
  const signature = crypto.sign(treeSignable(core, hash, 5, 0), signer.secretKey)
  t.ok(verifyTree(core, hash, 5, 0, signature, signer.publicKey))
  t.absent(verifyTree(other, hash, 5, 0, signature, signer.publicKey), 'core')
  t.absent(verifyTree(core, other, 5, 0, signature, signer.publicKey), 'tree')
  t.absent(verifyTree(core, hash, 6, 0, signature, signer.publicKey), 'length')
  t.absent(verifyTree(core, hash, 5, 1, signature, signer.publicKey), 'fork')
  t.absent(verifyTree(core, hash, 5, 0, signature, other), 'signer')
})

test('A signature comes out of its wrapper as it went in', (t) => {
  const signature = b4a.alloc(64, 9)
  t.alike(unwrapSignature(wrapSignature(signature)), signature)
})

test('What is no lone signer’s wrapper has no signature', (t) => {
  const wrapped = wrapSignature(b4a.alloc(64, 9))
  const changed = (at: number): Uint8Array => {
    const copy = b4a.from(wrapped)
    copy[at] = 2
    return copy
  }
  t.is(unwrapSignature(null), null, 'none')
  t.is(unwrapSignature(wrapped.subarray(0, 67)), null, 'cut')
  t.is(unwrapSignature(changed(0)), null, 'two signatures')
  t.is(unwrapSignature(changed(1)), null, 'another signer')
})
