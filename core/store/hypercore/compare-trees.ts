// Whether two ends of a core have the same history of it: its hash, and the signed tree behind it. Two
// histories that are equally long never meet by themselves, since neither end lacks anything.

import type Hypercore from 'hypercore'
import type { CorePeer } from 'hypercore'
import crypto from 'hypercore-crypto'
import type { TreeHash } from '../../types/keys.ts'

/** Under this id Hypercore asks for, and sends, a tree that contradicts (replicator.js, `_checkIfConflict`). */
const CONFLICT = 0

/** Of all blocks that are signed, here or not; from memory. */
export function treeHashOf({ core }: Hypercore): TreeHash {
  return crypto.tree(core.state.roots)
}

/**
 * Asks for the signed tree of the first blocks; the guard looks at what comes.
 * @param length no more blocks than either end has
 */
export function askForTree(peer: CorePeer, length: number): void {
  const upgrade = { start: 0, length }
  const { remoteFork: fork } = peer
  peer.wireRequest.send({ id: CONFLICT, fork, block: null, hash: null, seek: null, upgrade })
}
