// Blocks that were pushed and checked, on their way to the disk. Those that arrive while the disk is busy
// and follow one another are written together, under the signature of the last: a checkpoint rides with
// its fragment, and the backlog of a dead line costs a few writes, not hundreds.

import type { SignedBlock } from '../recording/writer.ts'

const MAX_BLOCKS = 32
const MAX_BYTES = 2 * 1024 * 1024

/** Writes the run; true where it is held. Throws where the disk refuses. */
export type WriteRun = (run: SignedBlock[]) => Promise<boolean>

interface Waiting {
  block: SignedBlock
  resolve: (held: boolean) => void
  reject: (err: unknown) => void
}

export class PushedRuns {
  readonly #write: WriteRun
  #waiting: Waiting[] = []
  #running: Promise<void> | null = null

  constructor(write: WriteRun) {
    this.#write = write
  }

  /** True while something is on its way. */
  get busy(): boolean {
    return this.#running !== null
  }

  add(block: SignedBlock): Promise<boolean> {
    const done = new Promise<boolean>((resolve, reject) =>
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
    await Promise.resolve() // what arrived in the same packet comes along
    while (this.#waiting.length > 0) {
      await this.#writeAll(this.#waiting.splice(0, runLength(this.#waiting)))
    }
    this.#running = null
  }

  async #writeAll(run: Waiting[]): Promise<void> {
    try {
      const held = await this.#write(run.map(({ block }) => block))
      for (const { resolve } of run) resolve(held)
    } catch (err) {
      for (const { reject } of run) reject(err)
    }
  }
}

/** How many of those in front belong together. */
function runLength(waiting: Waiting[]): number {
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
