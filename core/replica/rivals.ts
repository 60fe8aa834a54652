// Makes the proof that a recording's key has signed two histories, out of whatever shows it: what the
// guard caught, a receipt for other blocks than ours, a block pushed where we hold another. Cut to what
// proves: an alarm takes 16 KiB.
// Must never: accuse the author of what its key has not signed.

import b4a from 'b4a'
import crypto from 'hypercore-crypto'
import type Hypercore from 'hypercore'
import { rivalProof } from '../encoding/recording/rival-proof.ts'
import type { RivalProof as Proof, RivalSide } from '../encoding/recording/rival-proof.ts'
import type { Receipt } from '../encoding/recording/receipt.ts'
import { signedHead } from '../encoding/recording/signed-head.ts'
import { encode } from '../encoding/wire.ts'
import { unwrapSignature, verifyTree } from '../recording/log-tree.ts'
import { isRivalProof, joined } from '../recording/rival.ts'
import type { SignedBlock } from '../recording/writer.ts'
import { signedTreeAt } from '../store/hypercore/guard.ts'
import type { RivalProof, SignedTree } from '../store/hypercore/guard.ts'
import { coreKey } from '../encoding/core-key.ts'
import type { SignerKey, TreeHash } from '../types/keys.ts'
import { coreHead } from './core-head.ts'

/** What a pushed block is to a holder that has a block at its index. */
export type Pushed = 'same' | 'rival' | 'stray'

export interface PushedRival {
  pushed: Pushed
  /** Null where the key has not signed it, or nobody can tell from here. */
  proof: Uint8Array | null
}

/** As the guard caught it; null where it cannot be shown to others. */
export function proofOfAttempt(
  signer: SignerKey,
  { length, ours, theirs }: RivalProof
): Uint8Array | null {
  return encoded(signer, length, sideOf(ours), sideOf(theirs))
}

/** Two receipts for one length, each with the author's signature over other blocks. */
export function proofOfReceipts(
  signer: SignerKey,
  one: Receipt,
  other: Receipt
): Uint8Array | null {
  return encoded(signer, one.length, sideIn(one), sideIn(other))
}

/** A receipt with the author's signature over other blocks than those held here. */
export async function proofAgainst(
  signer: SignerKey,
  core: Hypercore,
  receipt: Receipt
): Promise<Uint8Array | null> {
  const ours = await signedTreeAt(core.core, receipt.length)
  return ours && encoded(signer, receipt.length, sideOf(ours), sideIn(receipt))
}

/** What a block that was pushed to us is, where we hold one at its index already. */
export async function lookAtPushed(
  signer: SignerKey,
  core: Hypercore,
  { index, value, signature }: SignedBlock
): Promise<PushedRival> {
  const held = await core.get(index, { wait: false })
  if (held === null || b4a.equals(held, value)) return { pushed: 'same', proof: null }
  const before = index === 0 ? [] : (await signedTreeAt(core.core, index))?.nodes
  const ours = await signedTreeAt(core.core, index + 1)
  if (!before || ours === null) return { pushed: 'stray', proof: null }
  const leaf = { index: 2 * index, size: value.byteLength, hash: crypto.data(value) }
  const treeHash = crypto.tree(joined([...before, leaf]))
  if (!verifyTree(core.key, treeHash, index + 1, 0, signature, signer)) {
    return { pushed: 'stray', proof: null }
  }
  const theirs = head(treeHash, signature)
  return { pushed: 'rival', proof: encoded(signer, index + 1, sideOf(ours), theirs) }
}

/** What the key has signed last, as far as it is here; null where it cannot be shown. */
export function proofOfHead(signer: SignerKey, core: Hypercore): Uint8Array | null {
  const { signature, ...tree } = coreHead(core)
  return signature && encode(signedHead, { signer, ...tree, signature })
}

/** Null where the two do not prove it after all. */
function encoded(
  signer: SignerKey,
  length: number,
  ours: RivalSide | null,
  theirs: RivalSide | null
): Uint8Array | null {
  if (ours === null || theirs === null) return null
  const proof: Proof = { signer, length, ours, theirs }
  try {
    return isRivalProof(proof, coreKey(signer)) ? encode(rivalProof, proof) : null
  } catch {
    return null // more nodes than any tree has
  }
}

function sideOf({ nodes, additionalNodes, signature }: SignedTree): RivalSide | null {
  const bare = unwrapSignature(signature)
  if (bare === null) return null
  if (additionalNodes.length === 0) return head(crypto.tree(nodes), bare)
  return { treeHash: null, roots: nodes, more: joined(additionalNodes), signature: bare }
}

function sideIn({ treeHash, authorSignature }: Receipt): RivalSide | null {
  return authorSignature && head(treeHash, authorSignature)
}

function head(treeHash: TreeHash, signature: Uint8Array): RivalSide {
  return { treeHash, roots: [], more: [], signature }
}
