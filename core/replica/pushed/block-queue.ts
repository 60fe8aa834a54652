// Blocks on their way to a disk: in the order they came, those that wait together written together.
// Must never: forget one; whoever gave a block hears what became of it.

import type { SignedBlock } from '../../recording/writer.ts'

export interface BlockQueueOptions<Outcome> {
  /** Waited for before each write: what comes meanwhile may be written with the rest. */
  before: () => Promise<void> | void
  /** How many of those in front are written together; 1 or more. */
  runLength: (waiting: readonly { block: SignedBlock }[]) => number
  write: (run: SignedBlock[]) => Promise<Outcome>
}

interface Waiting<Outcome> {
  block: SignedBlock
  resolve: (outcome: Outcome) => void
  reject: (err: unknown) => void
}

export class BlockQueue<Outcome> {
  readonly #options: BlockQueueOptions<Outcome>
  readonly #waiting: Waiting<Outcome>[] = []
  #running: Promise<void> | null = null

  constructor(options: BlockQueueOptions<Outcome>) {
    this.#options = options
  }

  /** True while something is on its way. */
  get busy(): boolean {
    return this.#running !== null
  }

  /** Resolves or rejects with the write that the block was part of. */
  add(block: SignedBlock): Promise<Outcome> {
    const done = new Promise<Outcome>((resolve, reject) =>
      this.#waiting.push({ block, resolve, reject })
    )
    this.#running ??= this.#run()
    return done
  }

  /** Resolves when nothing waits. */
  async settled(): Promise<void> {
    while (this.#running !== null) await this.#running
  }

  async #run(): Promise<void> {
    while (this.#waiting.length > 0) {
      await this.#options.before()
      await this.#writeAll(this.#waiting.splice(0, this.#options.runLength(this.#waiting)))
    }
    this.#running = null
  }

  async #writeAll(run: Waiting<Outcome>[]): Promise<void> {
    try {
      const outcome = await this.#options.write(run.map(({ block }) => block))
      for (const { resolve } of run) resolve(outcome)
    } catch (err) {
      for (const { reject } of run) reject(err)
    }
  }
}
