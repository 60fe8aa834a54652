// One line of a journal and what shows, with nothing else of that journal, that it stands there: the block as
// it is on every disk, the hashes that lead from it to the signed tree, and that signature. With it a device
// that was cut off is told so, and it keeps it. `core/circle/journal/line-proof.ts` makes and checks it.

import { MAX_JOURNAL_BLOCK_BYTES } from '../../limits.ts'
import type { JournalKey, Signature } from '../../types/keys.ts'
import { bytes, fixed32, fixed64, list, struct, uint, versioned } from '../wire.ts'

/** Half of them on the way up from the block, half beside it: one of each for each bit of a length. */
const MAX_NODES = 96

/** Of the tree: bytes below it, and its hash; its place follows from where it stands in the list. */
export interface ProofNode {
  size: number
  hash: Uint8Array
}

export interface ProvenLine {
  journal: JournalKey
  index: number
  /** Blocks in the tree that is signed. */
  length: number
  signature: Signature
  /** The block, encrypted as it stands in the journal. */
  block: Uint8Array
  /** The siblings from the block upwards, then the other roots from left to right. */
  nodes: ProofNode[]
}

export const provenLine = versioned(
  1,
  struct<ProvenLine>({
    journal: fixed32,
    index: uint,
    length: uint,
    signature: fixed64,
    block: bytes(MAX_JOURNAL_BLOCK_BYTES),
    nodes: list(struct<ProofNode>({ size: uint, hash: fixed32 }), MAX_NODES)
  })
)
