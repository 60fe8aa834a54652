// Two histories signed with one recording's key: the proof of the alarm `rival-history`. It needs
// nothing beside it: the recording's key follows from the signer in it, and the rest is hashes and two
// signatures. `core/recording/rival.ts` checks it.

import type { TreeNode } from 'hypercore-crypto'
import type { Signature, SignerKey, TreeHash } from '../../types/keys.ts'
import { fixed32, fixed64, list, optional, struct, uint, versioned } from '../wire.ts'
import type { Codec } from '../wire.ts'

/** Roots of a tree: one for each bit of its length. */
const MAX_ROOTS = 48
/** Nodes that lead on from there to a longer tree: two for each bit of its length. */
const MAX_MORE = 96

/** One of the two: a signature, and what it takes to see the tree of the common length in what it signs. */
export interface RivalSide {
  /** The tree of exactly `length` blocks, where that is what was signed; `roots` and `more` are empty then. */
  treeHash: TreeHash | null
  /** Otherwise the roots of the first `length` blocks, */
  roots: TreeNode[]
  /** and the nodes that follow them in the longer tree that was signed. */
  more: TreeNode[]
  signature: Signature
}

export interface RivalProof {
  signer: SignerKey
  /** The two differ in their first so many blocks. */
  length: number
  ours: RivalSide
  theirs: RivalSide
}

const node = struct<TreeNode>({ index: uint, size: uint, hash: fixed32 })

const side = struct<RivalSide>({
  treeHash: optional(fixed32) as Codec<TreeHash | null>,
  roots: list(node, MAX_ROOTS),
  more: list(node, MAX_MORE),
  signature: fixed64
})

/** At most 14.5 KB: an alarm takes 16 KiB. */
export const rivalProof = versioned(
  1,
  struct<RivalProof>({ signer: fixed32, length: uint, ours: side, theirs: side })
)
