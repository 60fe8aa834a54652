// Copies a core from one store to another, each block proven by the tree and the author's signature as if
// it had come over a link.
// Must never: write a block that is not proven, or take from the source what it does not have.

import type Corestore from 'corestore'
import type Hypercore from 'hypercore'

export interface CopiedCore {
  /** Blocks that are in the copy now. */
  copied: number
  /** Blocks that the source says it has, and that could not be read or proven. */
  lost: number
}

type OnTrouble = ((err: unknown) => void) | null

/**
 * @param onTrouble sees what reading or proving a block failed with, and may throw; where it is given, blocks
 * are looked for as well that the source does not know of. Without it the first failure ends the copy.
 */
export async function copyCore(
  from: Hypercore,
  copies: Corestore,
  onTrouble: OnTrouble = null
): Promise<CopiedCore> {
  const to = copies.get({ key: from.key, manifest: from.manifest })
  await to.ready()
  const done: CopiedCore = { copied: 0, lost: 0 }
  try {
    for (let index = 0; index < from.length; index++) {
      const isKnown = await from.has(index)
      if (!isKnown && onTrouble === null) continue
      if ((await to.has(index)) || (await copyBlock(from, to, index, onTrouble))) done.copied++
      else if (isKnown) done.lost++
    }
    return done
  } finally {
    await to.close()
  }
}

async function copyBlock(
  from: Hypercore,
  to: Hypercore,
  index: number,
  onTrouble: OnTrouble
): Promise<boolean> {
  try {
    const more = from.length - to.length
    const upgrade = more > 0 ? { start: to.length, length: more } : undefined
    const nodes = await to.missingNodes(index)
    const proof = await from.proof({ block: { index, nodes }, upgrade })
    if (!proof.block?.value) return false
    await to.applyProof(proof, null)
    return true
  } catch (err) {
    if (onTrouble === null) throw err
    onTrouble(err)
    return false
  }
}
