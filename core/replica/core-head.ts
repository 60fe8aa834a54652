// What a core here ends with: how long it is, its tree, and its author's signature over exactly that tree.
// Must never: give a signature for anything else than what is here.

import b4a from 'b4a'
import crypto from 'hypercore-crypto'
import type Hypercore from 'hypercore'
import { unwrapSignature } from '../recording/log-tree.ts'
import type { Signature, TreeHash } from '../types/keys.ts'

export interface CoreHead {
  length: number
  treeHash: TreeHash
  /** Null where what was signed last is not what is here. */
  signature: Signature | null
}

export function coreHead({ core: { state, header } }: Hypercore): CoreHead {
  const treeHash = crypto.tree(state.roots)
  const isSigned = b4a.equals(header.tree.rootHash ?? treeHash, treeHash)
  const signature = isSigned ? unwrapSignature(header.tree.signature) : null
  return { length: state.length, treeHash, signature }
}
