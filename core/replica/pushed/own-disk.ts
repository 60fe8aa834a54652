// A film on its way to the filming device's own disk: in order, and together where several wait.
// Where others are being pushed the same blocks, their copies come first and our own write right after:
// on a phone it would take the processor from the sending.
// Must never: write past a block that was refused; nothing after it can ever be held.

import type { SignedBlock } from '../../recording/writer.ts'
import { BlockQueue } from './block-queue.ts'

/** What is pushed has left this device by then, on any but a bad line. */
const AFTER_PUSH_MS = 50

export interface OwnDiskOptions {
  /** Writes blocks that follow one another. */
  write: (run: SignedBlock[]) => Promise<void>
  /** True while somebody else is pushed the blocks. */
  isPushed: () => boolean
}

export class OwnDisk {
  readonly #options: OwnDiskOptions
  readonly #queue: BlockQueue<void>
  #refusal: { err: unknown } | null = null

  constructor(options: OwnDiskOptions) {
    this.#options = options
    this.#queue = new BlockQueue({
      before: () => this.#giveWay(),
      runLength: (waiting) => waiting.length,
      write: (run) => this.#write(run)
    })
  }

  /** Resolves when the block is written. @throws what the disk said, also of a block before */
  add(block: SignedBlock): Promise<void> {
    return this.#queue.add(block)
  }

  settled(): Promise<void> {
    return this.#queue.settled()
  }

  async #giveWay(): Promise<void> {
    if (!this.#options.isPushed()) return
    await new Promise<void>((resolve) => setTimeout(resolve, AFTER_PUSH_MS))
  }

  async #write(run: SignedBlock[]): Promise<void> {
    if (this.#refusal !== null) throw this.#refusal.err
    try {
      await this.#options.write(run)
    } catch (err) {
      this.#refusal = { err }
      throw err
    }
  }
}
