// Reads the blocks of a core again and compares each with the hash its tree has for it: finds what a
// disk has changed or lost. A damaged block can be given up, to be fetched again from another holder;
// it is the only block this software ever lets go of, and only when it is not what was signed. Even then
// its bytes are put aside first.
// Must never: give up a block that is whole, or one whose bytes could not be put aside.

import b4a from 'b4a'
import crypto from 'hypercore-crypto'
import type { TreeNode } from 'hypercore-crypto'
import type Hypercore from 'hypercore'
import merkle from 'hypercore/lib/merkle-tree.js'
import { hex } from '../encoding/hex.ts'
import { exists, fs, path, writeFileAtomic } from '../runtime/fs.ts'

const { MerkleTree } = merkle

/** `absent`: said to be nowhere; `damaged`: said to be here, and not what its leaf of the tree says. */
export type BlockState = 'whole' | 'damaged' | 'absent'

export interface BlockHealth {
  state: BlockState
  /** As it hashes now; null where it cannot be read. */
  leaf: TreeNode | null
}

export async function checkBlock(core: Hypercore, index: number): Promise<BlockHealth> {
  if (!(await core.has(index))) return { state: 'absent', leaf: null }
  const block = await read(core, index)
  if (block === null) return { state: 'damaged', leaf: null }
  const leaf = { index: 2 * index, size: block.byteLength, hash: crypto.data(block) }
  const wanted = await leafAt(core, index)
  const isWhole = wanted !== null && wanted.size === leaf.size && b4a.equals(wanted.hash, leaf.hash)
  return { state: isWhole ? 'whole' : 'damaged', leaf }
}

/** True where the block is here and hashes to its leaf of the tree. */
export async function isWhole(core: Hypercore, index: number): Promise<boolean> {
  return (await checkBlock(core, index)).state === 'whole'
}

/**
 * Lets go of a damaged block, so that it is no longer claimed to be here, and can be fetched again.
 * @param quarantine folder for what is left of it; made where it is missing
 */
export async function giveUpBlock(
  core: Hypercore,
  index: number,
  quarantine: string
): Promise<void> {
  if ((await checkBlock(core, index)).state !== 'damaged') return
  const bytes = await read(core, index)
  if (bytes !== null) {
    await fs.promises.mkdir(quarantine, { recursive: true, mode: 0o700 })
    await writeFileAtomic(path.join(quarantine, `${hex(core.key)}-${index}`), bytes)
  }
  await core.clear(index, index + 1)
}

/** Null where the database itself says that what it has there is broken, or has nothing. */
async function read(core: Hypercore, index: number): Promise<Uint8Array | null> {
  try {
    return await core.get(index, { wait: false })
  } catch {
    return null
  }
}

async function leafAt(core: Hypercore, index: number): Promise<TreeNode | null> {
  try {
    return await MerkleTree.get(core.core.state, 2 * index)
  } catch {
    return null
  }
}

/** What was put aside of these cores. */
export async function removeQuarantined(
  quarantine: string,
  keys: readonly Uint8Array[]
): Promise<void> {
  const gone = new Set(keys.map((key) => hex(key)))
  for (const name of await namesIn(quarantine)) {
    if (gone.has(name.split('-')[0]!)) await fs.promises.unlink(path.join(quarantine, name))
  }
}

async function namesIn(dir: string): Promise<string[]> {
  return (await exists(dir)) ? fs.promises.readdir(dir) : []
}
