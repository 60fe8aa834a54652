import b4a from 'b4a'
import test from 'brittle'
import type { Assert } from 'brittle'
import flat from 'flat-tree'
import type Hypercore from 'hypercore'
import type { ForkProof } from 'hypercore'
import crypto from 'hypercore-crypto'
import type { KeyPair, TreeNode } from 'hypercore-crypto'
import merkle from 'hypercore/lib/merkle-tree.js'
import { unwrapSignature, verifyTree } from '../../../core/recording/log-tree.ts'
import type { SignedTree } from '../../../core/store/hypercore/guard.ts'
import { eventually } from '../../helpers/eventually.ts'
import { HELD, blocks, createAuthor, falseBlock, trueBlock } from './evil.ts'
import type { Author } from './evil.ts'
import { Holder, Joint, caughtUp, fetchAll, holdsAll } from './guarded.ts'

test('an honest tree that is sent with a node too many accuses nobody', async (t) => {
  const { honest, holder, joint, say } = await linked(t)
  const proof = await proofOf(honest.core, HELD - 3)
  say({ ...proof, upgrade: { ...proof.upgrade, nodes: [...proof.upgrade.nodes, strayNode()] } })
  say({ ...proof, upgrade: { ...proof.upgrade, nodes: proof.upgrade.nodes.slice(1) } })
  say(proof)
  await joint.quiet()
  t.alike(holder.attempts, [])
})

test('a rival that nobody signed accuses nobody', async (t) => {
  const { pair, honest, holder, joint, say } = await linked(t)
  const evil = await createAuthor(t, pair)
  await evil.append(...blocks(falseBlock, 0, 12))
  const proof = await proofOf(evil.core, 12)
  const { signature } = (await proofOf(honest.core, HELD)).upgrade
  say({ ...proof, upgrade: { ...proof.upgrade, signature } })
  await joint.quiet()
  t.alike(holder.attempts, [])
})

test('a rival history is proved by two signed trees that anyone can check', async (t) => {
  const { pair, holder, joint, say } = await linked(t)
  const evil = await createAuthor(t, pair)
  await evil.append(...blocks(trueBlock, 0, 5), ...blocks(falseBlock, 5, 12))
  say(await proofOf(evil.core, 9))
  await eventually(() => holder.attempts.length > 0)
  await joint.quiet()
  t.is(holder.attempts.length, 1)
  const { kind, core, length, proof } = holder.attempts[0]!
  t.is(kind, 'rival-history')
  t.alike([length, proof!.length], [9, 9])
  t.is(signedLength(proof!.ours, core, pair), HELD, 'our own tree, as its author signed it')
  t.is(signedLength(proof!.theirs, core, pair), 12, 'the rival, as the same key signed it')
  t.unlike(crypto.tree(proof!.ours.nodes), crypto.tree(proof!.theirs.nodes))
})

test('blocks of a fork are not taken from a remote that keeps silent about its fork', async (t) => {
  const { pair, honest, holder, joint, say } = await linked(t)
  const evil = await createAuthor(t, pair)
  await evil.append(...blocks(trueBlock, 0, HELD))
  await evil.truncate(2)
  await evil.append(...blocks(falseBlock, 2, 30))
  say({ ...(await proofOf(evil.core, 30)), fork: 1 })
  await joint.quiet()
  const core = await holder.session(pair.publicKey)
  t.is(core.fork, 0)
  t.ok(await holdsAll(core, blocks(trueBlock, 0, HELD)))
  await honest.append(trueBlock(HELD))
  await caughtUp(core, HELD + 1)
  t.pass('the same link goes on')
})

test('a fork that is announced again and again on one link is refused once', async (t) => {
  const { holder, joint, peer } = await linked(t)
  for (let fork = 1; fork <= 50; fork++) (peer() as any)?.wireSync.send(sync(fork))
  await eventually(() => holder.attempts.length > 0)
  await joint.quiet()
  t.alike(
    holder.attempts.map(({ kind, fork }) => [kind, fork]),
    [['fork-offer', 1]]
  )
})

test('a copy that lacks what it takes to compare accuses nobody, and completes from the honest', async (t) => {
  const pair = crypto.keyPair()
  const honest = await createAuthor(t, pair)
  await honest.append(...blocks(trueBlock, 0, HELD))
  const holder = await Holder.create(t)
  const core = holder.store.get({ key: honest.core.key })
  await core.ready()
  const first = new Joint(t, honest.store, holder.store)
  await core.get(HELD - 1)
  first.part()
  const evil = await createAuthor(t, pair)
  await evil.append(...blocks(trueBlock, 0, 5), ...blocks(falseBlock, 5, 12))
  const joint = new Joint(t, evil.store, holder.store)
  await eventually(() => evil.core.peers.length === 1)
  sayTo(evil.core, await proofOf(evil.core, 12))
  fetchAll(core)
  await joint.quiet()
  t.alike(holder.attempts, [])
  new Joint(t, honest.store, holder.store)
  await caughtUp(core, HELD)
  t.ok(await holdsAll(core, blocks(trueBlock, 0, HELD)))
})

for (const length of [0, 2]) {
  test(`an author that truncates to ${length} in mid-link is let go of, and both fall silent`, async (t) => {
    const { pair, honest, holder, joint } = await linked(t)
    await honest.truncate(length)
    await eventually(() => holder.attempts.length > 0)
    await joint.quiet()
    t.alike(
      holder.attempts.map(({ kind, fork, length }) => [kind, fork, length]),
      [['fork-offer', 1, length]]
    )
    await eventually(async () => {
      const said = joint.chunks
      await new Promise<void>((resolve) => setTimeout(resolve, 1000))
      return joint.chunks === said
    })
    t.pass('not a word in a second')
    t.ok(await holdsAll(await holder.session(pair.publicKey), blocks(trueBlock, 0, HELD)))
  })
}

interface Linked {
  pair: KeyPair
  honest: Author
  holder: Holder
  joint: Joint
  /** The author's end of the channel. */
  peer(): unknown
  /** Sends a message of data that nobody asked for. */
  say(proof: ForkProof): void
}

/** A holder with all blocks, and a link to their author on which anything can be said. */
async function linked(t: Assert): Promise<Linked> {
  const pair = crypto.keyPair()
  const honest = await createAuthor(t, pair)
  await honest.append(...blocks(trueBlock, 0, HELD))
  const holder = await Holder.create(t)
  const core = await holder.session(pair.publicKey)
  const joint = new Joint(t, honest.store, holder.store)
  await caughtUp(core, HELD)
  await eventually(() => honest.core.peers.length === 1)
  const peer = (): unknown => honest.core.peers[0]
  return { pair, honest, holder, joint, peer, say: (proof) => sayTo(honest.core, proof) }
}

function sayTo(core: Hypercore, proof: ForkProof): void {
  const peer = core.peers[0] as any
  peer.wireData.send({ request: 0, block: null, hash: null, seek: null, ...proof })
}

async function proofOf(core: Hypercore, length: number): Promise<ForkProof> {
  const { state } = core.core
  const batch = state.storage.read()
  const wanted = { block: null, hash: null, seek: null, upgrade: { start: 0, length } }
  const proof = merkle.MerkleTree.proof(state, batch, wanted)
  batch.tryFlush()
  return (await proof).settle()
}

/** Blocks of the tree that the pair signed, or -1 where it signed no such tree. */
function signedLength(
  { nodes, additionalNodes, signature }: SignedTree,
  core: Uint8Array,
  { publicKey }: KeyPair
): number {
  const roots: TreeNode[] = []
  for (const node of [...nodes, ...additionalNodes]) {
    roots.push(node)
    while (roots.length > 1 && areSiblings(roots.at(-2)!, roots.at(-1)!)) {
      const [left, right] = roots.splice(-2, 2) as [TreeNode, TreeNode]
      const index = flat.iterator(right.index).parent()
      roots.push({ index, size: left.size + right.size, hash: crypto.parent(left, right) })
    }
  }
  const length = roots.reduce((sum, { index }) => sum + flat.iterator(index).factor / 2, 0)
  const bare = unwrapSignature(signature)!
  return verifyTree(core, crypto.tree(roots), length, 0, bare, publicKey) ? length : -1
}

function areSiblings(left: TreeNode, right: TreeNode): boolean {
  return flat.iterator(left.index).sibling() === right.index
}

function strayNode(): TreeNode {
  return { index: 1, size: 9, hash: b4a.alloc(32, 7) }
}

function sync(fork: number) {
  return {
    fork,
    length: HELD,
    remoteLength: 0,
    canUpgrade: true,
    uploading: true,
    downloading: true,
    hasManifest: true,
    allowPush: false
  }
}
