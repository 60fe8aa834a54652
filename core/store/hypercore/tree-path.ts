// What of a core's tree shows that a block is in it: the siblings on the way up from that block, and the other
// roots. Touches one internal of Hypercore, `MerkleTree.get`.

import b4a from 'b4a'
import flat from 'flat-tree'
import crypto from 'hypercore-crypto'
import type { TreeNode } from 'hypercore-crypto'
import type Hypercore from 'hypercore'
import merkle from 'hypercore/lib/merkle-tree.js'
import { unwrapSignature } from '../../recording/log-tree.ts'
import type { Signature } from '../../types/keys.ts'

const { MerkleTree } = merkle

export interface TreePath {
  /** Blocks in the tree. */
  length: number
  signature: Signature
  /** The siblings from the block upwards, then the other roots from left to right. */
  nodes: TreeNode[]
}

/** Null where a node of it is not here, or what is here is not what was signed last. */
export async function treePath({ core }: Hypercore, index: number): Promise<TreePath | null> {
  const { state, header } = core
  const { length, roots } = state
  const treeHash = crypto.tree(roots)
  const isSigned = b4a.equals(header.tree.rootHash ?? treeHash, treeHash)
  const signature = isSigned ? unwrapSignature(header.tree.signature) : null
  if (signature === null || index >= length) return null
  const nodes: TreeNode[] = []
  let at = 2 * index
  while (!roots.some((root) => root.index === at)) {
    const sibling = await MerkleTree.get(state, flat.sibling(at))
    if (sibling === null) return null
    nodes.push(sibling)
    at = flat.parent(at)
  }
  return { length, signature, nodes: [...nodes, ...roots.filter(({ index }) => index !== at)] }
}
