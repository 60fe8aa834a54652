// Whether a pushed block is the author's next one, told from its own signature and before anything is
// written: what is passed on has been checked, each block by itself, so that nobody can make an honest
// holder hand on what it would be shunned for.
// Must never: take a block for checked because a later one was.

import { CheckedBlock } from '../../recording/checked-block.ts'
import type { SignedBlock } from '../../recording/writer.ts'
import { LogTree, verifyTree } from '../../recording/log-tree.ts'
import { TemoinError } from '../../errors.ts'
import type { RecordingKey, SignerKey } from '../../types/keys.ts'

/** What is held, as far as the next block is concerned: Hypercore's state has the same fields. */
export interface Head {
  length: number
  byteLength: number
  roots: LogTree['roots']
}

export class NextBlock {
  readonly #recording: RecordingKey
  readonly #signer: SignerKey
  #tree: LogTree | null = null

  constructor(recording: RecordingKey, signer: SignerKey) {
    this.#recording = recording
    this.#signer = signer
  }

  /** Checked blocks so far; null where it must be told first what is held. */
  get length(): number | null {
    return this.#tree?.length ?? null
  }

  /** Goes on from what is held. */
  reset(head: Head | null): void {
    this.#tree = head && copyOf(head)
  }

  /**
   * @returns it, checked; null where it is not the next one
   * @throws TemoinError BAD_INPUT where the author did not sign exactly this block at this place
   */
  take({ index, value, signature }: SignedBlock): CheckedBlock | null {
    if (this.#tree === null || this.#tree.length !== index) return null
    const tree = copyOf(this.#tree)
    const leaf = tree.append(value)
    const treeHash = tree.hash()
    if (!verifyTree(this.#recording, treeHash, tree.length, 0, signature, this.#signer)) {
      throw new TemoinError('BAD_INPUT', 'A block was pushed that its author did not sign')
    }
    this.#tree = tree
    return new CheckedBlock(this.#recording, { index, value, signature }, { leaf, treeHash })
  }
}

function copyOf({ length, byteLength, roots }: Head): LogTree {
  const tree = new LogTree()
  tree.length = length
  tree.byteLength = byteLength
  tree.roots = [...roots]
  return tree
}
