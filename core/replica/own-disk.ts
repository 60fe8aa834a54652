// A film on its way to the filming device's own disk: in order, and together where several wait.
// Where others are being pushed the same blocks, their copies come first and our own write right after:
// on a phone it would take the processor from the sending.
// Must never: write past a block that was refused; nothing after it can ever be held.

import type { SignedBlock } from '../recording/writer.ts'

/** What is pushed has left this device by then, on any but a bad line. */
const AFTER_PUSH_MS = 50

interface Waiting {
  block: SignedBlock
  resolve: () => void
  reject: (err: unknown) => void
}

export interface OwnDiskOptions {
  /** Writes blocks that follow one another. */
  write: (run: SignedBlock[]) => Promise<void>
  /** True while somebody else is pushed the blocks. */
  isPushed: () => boolean
}

export class OwnDisk {
  readonly #options: OwnDiskOptions
  #waiting: Waiting[] = []
  #running: Promise<void> | null = null
  #refusal: { err: unknown } | null = null

  constructor(options: OwnDiskOptions) {
    this.#options = options
  }

  /** Resolves when the block is written. @throws what the disk said, also of a block before */
  add(block: SignedBlock): Promise<void> {
    const done = new Promise<void>((resolve, reject) =>
      this.#waiting.push({ block, resolve, reject })
    )
    this.#running ??= this.#run()
    return done
  }

  async settled(): Promise<void> {
    while (this.#running !== null) await this.#running
  }

  async #run(): Promise<void> {
    while (this.#waiting.length > 0) {
      await this.#giveWay()
      await this.#writeAll(this.#waiting.splice(0))
    }
    this.#running = null
  }

  async #giveWay(): Promise<void> {
    if (!this.#options.isPushed()) return
    await new Promise<void>((resolve) => setTimeout(resolve, AFTER_PUSH_MS))
  }

  async #writeAll(run: Waiting[]): Promise<void> {
    try {
      if (this.#refusal !== null) throw this.#refusal.err
      await this.#options.write(run.map(({ block }) => block))
      for (const { resolve } of run) resolve()
    } catch (err) {
      this.#refusal = { err }
      for (const { reject } of run) reject(err)
    }
  }
}
