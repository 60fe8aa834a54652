// The erasure guard: installed on every core before it can replicate, whoever opened it and after any
// restart. With it, nothing that a key holder signs makes this store give up a block:
//
// - no fork is ever followed: a remote on another fork is detached from that core at once (left
//   attached, a truncation to 0 drives both sides into a livelock);
// - a rival history at a length we hold is recorded as proof; the liar is paused for that core, and
//   the core stays open, unfrozen, and goes on serving everyone else.
//
// Stock Hypercore follows forks by default, forgets `allowFork: false` after a restart, and freezes a
// core on a conflict, which lets one key holder stop its spreading. This file touches four internals
// (replicator.allowFork, replicator._updateFork, core.checkConflict, core.reorg): Hypercore is pinned
// to an exact version, and the attack suite runs in CI under both runtimes.

import b4a from 'b4a'
import crypto from 'hypercore-crypto'
import type Corestore from 'corestore'
import type { CorePeer, ForkProof, InternalCore } from 'hypercore'
import merkle from 'hypercore/lib/merkle-tree.js'

const { MerkleTree } = merkle

/** What a key holder tried. `proof` is both signed heads for a rival history, empty for a fork. */
export interface Attempt {
  kind: 'fork-offer' | 'rival-history'
  core: Uint8Array
  device: Uint8Array
  fork: number
  length: number
  proof: RivalProof | null
}

/** Two tree hashes of one length under one key: only the key holder can have made both. */
export interface RivalProof {
  length: number
  ours: { treeHash: Uint8Array; signature: Uint8Array | null }
  theirs: { treeHash: Uint8Array; signature: Uint8Array }
}

export type AttemptHandler = (attempt: Attempt) => void

/** Guards every core of the store, now and later. Call before anything replicates. */
export function installGuard(store: Corestore, onAttempt: AttemptHandler): void {
  store.watch((core) => guardCore(core, onAttempt))
}

function guardCore(core: InternalCore, onAttempt: AttemptHandler): void {
  const { replicator } = core
  Object.defineProperty(replicator, 'allowFork', { get: () => false, set() {} })
  replicator._updateFork = (peer) => {
    if (peer.remoteFork !== core.state.fork) refuseFork(core, peer, onAttempt)
    return false
  }
  core.reorg = async () => false
  core.checkConflict = (proof, peer) => checkConflict(core, proof, peer, onAttempt)
}

function refuseFork(core: InternalCore, peer: CorePeer, onAttempt: AttemptHandler): void {
  if (peer.paused) return
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
  const ours = await treeHashAt(core, length)
  if (ours === null) return false
  const theirs = crypto.tree(proof.upgrade.nodes)
  if (b4a.equals(ours, theirs)) return false
  const { fork } = proof
  const rival = {
    length,
    ours: { treeHash: ours, signature: signatureAt(core, length) },
    theirs: { treeHash: theirs, signature: proof.upgrade.signature }
  }
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

function isSigned(core: InternalCore, proof: ForkProof): boolean {
  try {
    const batch = MerkleTree.verifyFullyRemote(core.state, proof)
    core._verifyBatchUpgrade(batch, proof.manifest)
    return true
  } catch {
    return false
  }
}

async function treeHashAt(core: InternalCore, length: number): Promise<Uint8Array | null> {
  try {
    return crypto.tree(await MerkleTree.getRootsFromStorage(core.storage, length))
  } catch {
    return null // a sparse copy that lacks the roots of that length cannot compare
  }
}

function signatureAt(core: InternalCore, length: number): Uint8Array | null {
  return core.header.tree.length === length ? core.header.tree.signature : null
}
