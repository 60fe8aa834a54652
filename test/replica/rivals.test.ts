import b4a from 'b4a'
import test from 'brittle'
import type { Assert } from 'brittle'
import crypto from 'hypercore-crypto'
import type { KeyPair } from 'hypercore-crypto'
import merkle from 'hypercore/lib/merkle-tree.js'
import { coreKey } from '../../core/encoding/core-key.ts'
import { rivalProof } from '../../core/encoding/recording/rival-proof.ts'
import type { RivalProof } from '../../core/encoding/recording/rival-proof.ts'
import { decode, encode } from '../../core/encoding/wire.ts'
import { LogTree, treeSignable } from '../../core/recording/log-tree.ts'
import { isRivalProof } from '../../core/recording/rival.ts'
import { lookAtPushed, proofOfAttempt, proofOfHead } from '../../core/replica/rivals.ts'
import type { RivalProof as Caught } from '../../core/store/hypercore/guard.ts'
import { blocks, createAuthor, falseBlock, trueBlock } from '../store/hypercore/evil.ts'
import type { Author } from '../store/hypercore/evil.ts'

const COMMON = 300
const LONGER = 700

test('what the guard caught proves to anyone with the recording’s key that it signed two histories', async (t) => {
  const { key, proof } = await caught(t)
  t.ok(isRivalProof(proof, key))
  t.absent(isRivalProof(proof, coreKey(crypto.keyPair().publicKey)), 'but not of another recording')
  t.ok(encode(rivalProof, proof).byteLength < 4096, 'in few bytes')
})

test('a proof with a byte changed proves nothing', async (t) => {
  const { key, proof } = await caught(t)
  const bytes = encode(rivalProof, proof)
  const taken: number[] = []
  for (let at = 0; at < bytes.byteLength; at++) {
    const changed = b4a.from(bytes)
    changed[at]! ^= 1
    if (shows(changed, key)) taken.push(at)
  }
  t.alike(taken, [])
})

test('a tree and a longer one that goes on from it prove nothing', async (t) => {
  const { key, proof } = await caught(t)
  t.absent(isRivalProof({ ...proof, theirs: proof.ours }, key))
  const { signer, length, ours, theirs } = proof
  const shorter = { signer, length: length - 1, ours, theirs }
  t.absent(isRivalProof(shorter, key), 'nor does another length than was signed')
})

test('roots that leave something out, or come in another order, prove nothing', async (t) => {
  const { key, proof } = await caught(t)
  const { theirs } = proof
  for (const [name, side] of Object.entries({
    'one left out': { ...theirs, more: theirs.more.slice(1) },
    'another order': { ...theirs, more: [...theirs.more].reverse() },
    'one twice': { ...theirs, more: [...theirs.more, ...theirs.more.slice(-1)] },
    'a hash as well': { ...theirs, treeHash: crypto.tree(theirs.roots) }
  })) {
    t.absent(isRivalProof({ ...proof, theirs: side }, key), name)
  }
})

test('a proof with a thousand nodes is cut to what proves', async (t) => {
  const { pair, key, seen } = await caught(t)
  const leaves = new LogTree()
  const more = blocks(falseBlock, COMMON, LONGER).map((value, i) => {
    leaves.append(value)
    return { index: 2 * (COMMON + i), size: value.byteLength, hash: crypto.data(value) }
  })
  const bytes = proofOfAttempt(pair.publicKey, {
    ...seen,
    theirs: { ...seen.theirs, additionalNodes: more }
  })
  t.ok(bytes !== null && bytes.byteLength < 4096)
  t.ok(shows(bytes!, key))
})

test('a block pushed where another is held is a rival where its key signed both', async (t) => {
  const { pair, honest } = await held(t)
  const at = 100
  const rival = signedBlock(pair, [...blocks(trueBlock, 0, at), falseBlock(at)])
  const { pushed, proof } = await lookAtPushed(pair.publicKey, honest.core, rival)
  t.is(pushed, 'rival')
  t.ok(shows(proof!, honest.core.key))
})

test('the block that is held, pushed again, is nothing to report', async (t) => {
  const { pair, honest } = await held(t)
  const again = signedBlock(pair, blocks(trueBlock, 0, 100))
  t.is((await lookAtPushed(pair.publicKey, honest.core, again)).pushed, 'same')
})

test('a block that its key did not sign there accuses nobody', async (t) => {
  const { pair, honest } = await held(t)
  const unsigned = { index: 99, value: falseBlock(99), signature: b4a.alloc(64, 1) }
  const { pushed, proof } = await lookAtPushed(pair.publicKey, honest.core, unsigned)
  t.alike([pushed, proof], ['stray', null])
  t.ok(proofOfHead(pair.publicKey, honest.core))
})

async function held(t: Assert) {
  const pair = crypto.keyPair()
  const honest = await createAuthor(t, pair)
  await honest.append(...blocks(trueBlock, 0, COMMON + 20))
  return { pair, honest }
}

/** Two histories of one key that part at block 5, and what the guard would make of them. */
async function caught(t: Assert) {
  const { pair, honest } = await held(t)
  const evil = await createAuthor(t, pair)
  await evil.append(...blocks(trueBlock, 0, 5), ...blocks(falseBlock, 5, LONGER))
  const seen: Caught = {
    length: COMMON,
    ours: await treeOf(honest),
    theirs: await treeOf(evil)
  }
  const bytes = proofOfAttempt(pair.publicKey, seen)!
  const proof: RivalProof = decode(rivalProof, bytes, 'proof')
  return { pair, key: honest.core.key, seen, proof }
}

async function treeOf({ core }: Author): Promise<Caught['ours']> {
  const { state } = core.core
  const batch = state.storage.read()
  const wanted = { block: null, hash: null, seek: null, upgrade: { start: 0, length: COMMON } }
  const proof = merkle.MerkleTree.proof(state, batch, wanted)
  batch.tryFlush()
  const { nodes, additionalNodes, signature } = (await (await proof).settle()).upgrade
  return { nodes, additionalNodes, signature }
}

function signedBlock({ publicKey, secretKey }: KeyPair, values: Uint8Array[]) {
  const tree = new LogTree()
  for (const value of values) tree.append(value)
  const head = treeSignable(coreKey(publicKey), tree.hash(), tree.length, 0)
  const signature = crypto.sign(head, secretKey)
  return { index: values.length - 1, value: values.at(-1)!, signature }
}

function shows(bytes: Uint8Array, key: Uint8Array): boolean {
  try {
    return isRivalProof(decode(rivalProof, bytes, 'proof'), key)
  } catch {
    return false
  }
}
