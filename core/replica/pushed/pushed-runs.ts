// Blocks that were pushed and checked, on their way to the disk. Those that arrive while the disk is busy
// and follow one another are written together, under the signature of the last: a checkpoint rides with
// its fragment, and the backlog of a dead line costs a few writes, not hundreds.

import type { SignedBlock } from '../../recording/writer.ts'
import { BlockQueue } from './block-queue.ts'

const MAX_BLOCKS = 32
const MAX_BYTES = 2 * 1024 * 1024

/** Writes the run; true where it is held. Throws where the disk refuses. */
export type WriteRun = (run: SignedBlock[]) => Promise<boolean>

export class PushedRuns {
  readonly #queue: BlockQueue<boolean>

  constructor(write: WriteRun) {
    const before = (): void => {} // a turn of its own: what arrived in the same packet comes along
    this.#queue = new BlockQueue({ before, runLength, write })
  }

  /** True while something is on its way. */
  get busy(): boolean {
    return this.#queue.busy
  }

  add(block: SignedBlock): Promise<boolean> {
    return this.#queue.add(block)
  }

  /** Resolves when nothing waits. */
  settled(): Promise<void> {
    return this.#queue.settled()
  }
}

/** How many of those in front belong together. */
function runLength(waiting: readonly { block: SignedBlock }[]): number {
  let bytes = 0
  let length = 0
  for (const { block } of waiting.slice(0, MAX_BLOCKS)) {
    bytes += block.value.byteLength
    if (block.index !== waiting[0]!.block.index + length) break
    if (length > 0 && bytes > MAX_BYTES) break
    length++
  }
  return length
}
