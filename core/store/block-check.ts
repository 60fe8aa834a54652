// Reads the blocks of a core again and compares each with the hash its tree has for it: finds what a
// disk has changed or lost. A damaged block can be given up, to be fetched again from another holder;
// it is the only block this software ever lets go of, and only when it is not what was signed.

import b4a from 'b4a'
import crypto from 'hypercore-crypto'
import type Hypercore from 'hypercore'
import merkle from 'hypercore/lib/merkle-tree.js'

const { MerkleTree } = merkle

/** Indexes of the blocks from `start` to `end` that are claimed to be here and are not what they should be. */
export async function damagedBlocks(
  core: Hypercore,
  start: number,
  end: number
): Promise<number[]> {
  const damaged: number[] = []
  for (let index = start; index < end; index++) {
    if ((await core.has(index)) && !(await isWhole(core, index))) damaged.push(index)
  }
  return damaged
}

/** True where the block is here and hashes to its leaf of the tree. */
export async function isWhole(core: Hypercore, index: number): Promise<boolean> {
  try {
    const block = await core.get(index, { wait: false })
    const leaf = await MerkleTree.get(core.core.state, 2 * index)
    if (block === null || leaf === null) return false
    return leaf.size === block.byteLength && b4a.equals(leaf.hash, crypto.data(block))
  } catch {
    return false // the database itself says that what it has there is broken
  }
}

/** Lets go of a damaged block, so that replication asks for it again. */
export async function giveUpBlock(core: Hypercore, index: number): Promise<void> {
  if (await isWhole(core, index)) return
  await core.clear(index, index + 1)
}
