// Blocks that were pushed, on their way to the disk. Those that arrive while the disk is busy and follow
// one another from one sender are written together, under the signature of the last: a checkpoint
// rides with its fragment, and the backlog of a dead line costs a few writes, not hundreds.

import type { SignedBlock } from '../recording/writer.ts'
import type { DeviceKey } from '../types/keys.ts'

const MAX_BLOCKS = 32
const MAX_BYTES = 2 * 1024 * 1024

/** Writes the run; true where it is held. Throws where a block in it is not the author's. */
export type WriteRun = (run: SignedBlock[]) => Promise<boolean>

interface Waiting {
  block: SignedBlock
  from: DeviceKey
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

  add(block: SignedBlock, from: DeviceKey): Promise<boolean> {
    const done = new Promise<boolean>((resolve, reject) =>
      this.#waiting.push({ block, from, resolve, reject })
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
      const run = this.#waiting.splice(0, runLength(this.#waiting))
      if (run.length === 1 || !(await this.#tryAll(run)))
        for (const one of run) await this.#tryOne(one)
    }
    this.#running = null
  }

  /** False where a block among them was bad: which one, and whose, must be found one by one. */
  async #tryAll(run: Waiting[]): Promise<boolean> {
    try {
      const held = await this.#write(run.map(({ block }) => block))
      for (const { resolve } of run) resolve(held)
      return true
    } catch {
      return false
    }
  }

  async #tryOne({ block, resolve, reject }: Waiting): Promise<void> {
    try {
      resolve(await this.#write([block]))
    } catch (err) {
      reject(err)
    }
  }
}

/** How many of those in front belong together. */
function runLength(waiting: Waiting[]): number {
  let bytes = 0
  let length = 0
  for (const { block, from } of waiting.slice(0, MAX_BLOCKS)) {
    const first = waiting[0]!
    bytes += block.value.byteLength
    if (block.index !== first.block.index + length || from !== first.from) break
    if (length > 0 && bytes > MAX_BYTES) break
    length++
  }
  return length
}
