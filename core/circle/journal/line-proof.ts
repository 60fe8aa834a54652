// One line of a journal with the proof that it stands there: made by whoever holds the journal, checked by
// whoever knows its head. No line of anybody else can be made to look like it, by whomever it is passed on.
// Must never: take anything of it for true before the journal's own key has signed for it.

import flat from 'flat-tree'
import crypto from 'hypercore-crypto'
import type { TreeNode } from 'hypercore-crypto'
import type { ProvenLine } from '../../encoding/journal/proven-line.ts'
import { verifyTree } from '../../recording/log-tree.ts'
import { treePath } from '../../store/hypercore/tree-path.ts'
import type { SignerKey } from '../../types/keys.ts'
import type { JournalReader } from './journal-reader.ts'

/** Null where that entry, or what shows that it is one, is not here. */
export async function proveLine(
  { core }: JournalReader,
  index: number
): Promise<ProvenLine | null> {
  const block = await core.get(index, { wait: false })
  const path = block && (await treePath(core, index))
  if (!path) return null
  const { length, signature } = path
  const nodes = path.nodes.map(({ size, hash }) => ({ size, hash }))
  return { journal: core.key, index, length, signature, block, nodes }
}

/** True where the journal's signer has signed a tree in which that block stands at that place. */
export function isProven(line: ProvenLine, signer: SignerKey): boolean {
  const { journal, length, signature } = line
  const roots = rootsOf(line)
  return roots !== null && verifyTree(journal, crypto.tree(roots), length, 0, signature, signer)
}

/** The roots of the tree that these nodes make; null where they make none. */
function rootsOf({ index, length, block, nodes }: ProvenLine): TreeNode[] | null {
  const roots = flat.fullRoots(2 * length)
  const left = [...nodes]
  let node: TreeNode = { index: 2 * index, size: block.byteLength, hash: crypto.data(block) }
  while (!roots.includes(node.index)) {
    const other = left.shift()
    if (other === undefined) return null
    const sibling = { index: flat.sibling(node.index), ...other }
    const size = node.size + sibling.size
    node = { index: flat.parent(node.index), size, hash: crypto.parent(node, sibling) }
  }
  if (left.length !== roots.length - 1) return null
  return roots.map((index) => (index === node.index ? node : { index, ...left.shift()! }))
}
