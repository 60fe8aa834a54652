// The erasure guard: installed on every core before it can replicate, whoever opened it and after any
// restart. With it, nothing that a key holder signs makes this store give up a block:
//
// - no fork is ever followed: a remote on another fork is detached from that core at once, and not
//   attached to it again on the same link (otherwise a truncation to 0, or a remote that opens the
//   channel again whenever it is closed, drives both sides into a livelock);
// - a rival history at a length we hold is recorded as proof; the liar is paused for that core, and
//   the core stays open, unfrozen, and goes on serving everyone else.
//
// Stock Hypercore follows forks by default, forgets `allowFork: false` after a restart, and freezes a
// core on a conflict, which lets one key holder stop its spreading. This file touches five internals
// (replicator.allowFork, replicator._updateFork, replicator.attachTo, core.checkConflict, core.reorg):
// Hypercore is pinned to an exact version, and the attack suite runs in CI under both runtimes.

import b4a from 'b4a'
import crypto from 'hypercore-crypto'
import type { TreeNode } from 'hypercore-crypto'
import flat from 'flat-tree'
import type { CorePeer, ForkProof, InternalCore } from 'hypercore'
import merkle from 'hypercore/lib/merkle-tree.js'
import type Protomux from 'protomux'

const { MerkleTree } = merkle

/** What a key holder tried. `proof` is both signed trees for a rival history, null for a fork. */
export interface Attempt {
  kind: 'fork-offer' | 'rival-history'
  core: Uint8Array
  device: Uint8Array
  fork: number
  length: number
  proof: RivalProof | null
}

/**
 * Two signed trees of one key that differ in their first `length` blocks: only the key holder can have
 * made both, and whoever has the recording's key can check that with nothing else.
 */
export interface RivalProof {
  length: number
  ours: SignedTree
  theirs: SignedTree
}

/** The roots over the first blocks, what leads on from them to a tree, and the signature of that tree. */
export interface SignedTree {
  nodes: TreeNode[]
  additionalNodes: TreeNode[]
  signature: Uint8Array
}

export type AttemptHandler = (attempt: Attempt) => void

/** Call before anything replicates. */
export function guardCore(core: InternalCore, onAttempt: AttemptHandler): void {
  const { replicator } = core
  const refused = new WeakSet<Protomux>()
  const attachTo = replicator.attachTo.bind(replicator)
  Object.defineProperty(replicator, 'allowFork', { get: () => false, set() {} })
  replicator.attachTo = (mux) => {
    if (!refused.has(mux)) attachTo(mux)
  }
  replicator._updateFork = (peer) => {
    if (peer.remoteFork === core.state.fork || refused.has(peer.protomux)) return false
    refused.add(peer.protomux)
    refuseFork(core, peer, onAttempt)
    return false
  }
  core.reorg = async () => false
  core.checkConflict = (proof, peer) => checkConflict(core, proof, peer, onAttempt)
}

function refuseFork(core: InternalCore, peer: CorePeer, onAttempt: AttemptHandler): void {
  peer.paused = true
  onAttempt({
    kind: 'fork-offer',
    core: core.key,
    device: peer.remotePublicKey,
    fork: peer.remoteFork,
    length: peer.remoteLength,
    proof: null
  })
  queueMicrotask(() => detach(core, peer))
}

function detach(core: InternalCore, peer: CorePeer): void {
  core.replicator.detachFrom(peer.protomux)
  peer.channel.close()
}

/** True keeps the peer paused for this core: it lied, or sent what proves nothing. */
async function checkConflict(
  core: InternalCore,
  proof: ForkProof,
  peer: CorePeer,
  onAttempt: AttemptHandler
): Promise<boolean> {
  const { length } = proof.upgrade
  if (core.state.length < length || proof.fork !== core.state.fork) return false
  if (!core.header.manifest) return false
  if (!isSigned(core, proof)) return true
  const ours = await signedTreeAt(core, length)
  if (ours === null) return true
  const theirs = signedTreeIn(proof)
  if (b4a.equals(crypto.tree(ours.nodes), crypto.tree(theirs.nodes))) return false
  const { fork } = proof
  const rival = { length, ours, theirs }
  onAttempt({
    kind: 'rival-history',
    core: core.key,
    device: peer.remotePublicKey,
    fork,
    length,
    proof: rival
  })
  return true
}

/** Hypercore ignores nodes too many: hashed with the rest, they would make a rival of an honest tree. */
function isSigned(core: InternalCore, proof: ForkProof): boolean {
  const { nodes, length } = proof.upgrade
  if (nodes.length !== flat.fullRoots(2 * length).length) return false
  try {
    const batch = MerkleTree.verifyFullyRemote(core.state, proof)
    core._verifyBatchUpgrade(batch, proof.manifest)
    return true
  } catch {
    return false
  }
}

/** The tree over the first `length` blocks, and what was signed of it; null where that is not here. */
export async function signedTreeAt(core: InternalCore, length: number): Promise<SignedTree | null> {
  const batch = core.state.storage.read()
  const wanted = { block: null, hash: null, seek: null, upgrade: { start: 0, length } }
  try {
    const proof = MerkleTree.proof(core.state, batch, wanted)
    batch.tryFlush()
    return signedTreeIn(await (await proof).settle())
  } catch {
    return null // a sparse copy that lacks the roots of that length cannot compare
  }
}

function signedTreeIn({ upgrade }: ForkProof): SignedTree {
  const { nodes, additionalNodes, signature } = upgrade
  return { nodes, additionalNodes, signature }
}
