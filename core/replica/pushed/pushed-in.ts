// A holder's way in for what is pushed: each block is checked by itself, passed on at once, and then
// written. Passing on does not wait for our disk: two hops would otherwise cost two disks.
// Must never: pass on, or write, what its author did not sign; call anything held.

import type Hypercore from 'hypercore'
import type { SignedBlock } from '../../recording/writer.ts'
import { appendChecked } from '../../store/hypercore/checked-append.ts'
import type { RecordingKey, SignerKey } from '../../types/keys.ts'
import { NextBlock } from './next-block.ts'
import { PushedRuns } from './pushed-runs.ts'

export interface PushedInOptions {
  recording: RecordingKey
  signer: SignerKey
  /** The open core; null while it rests. */
  core: () => Hypercore | null
  /** True while blocks are pushed to us, not fetched. */
  isPushed: () => boolean
  passOn: (block: SignedBlock) => void
}

export class PushedIn {
  readonly #options: PushedInOptions
  readonly #next: NextBlock
  readonly #runs = new PushedRuns((run) => this.#write(run))

  constructor(options: PushedInOptions) {
    this.#options = options
    this.#next = new NextBlock(options.recording, options.signer)
  }

  /**
   * @returns true where it was the next block and is now held
   * @throws where its author did not sign it, or the disk refused it
   */
  async take(block: SignedBlock): Promise<boolean> {
    const { isPushed, passOn } = this.#options
    if (!isPushed()) return false
    this.#keepInStep()
    const checked = this.#next.take(block)
    if (checked === null) return false
    passOn(checked)
    return this.#runs.add(checked)
  }

  /** Blocks that are here without a hole, on the disk or on their way to it. */
  get length(): number {
    const held = this.#options.core()?.contiguousLength ?? 0
    return this.#runs.busy ? Math.max(held, this.#next.length ?? 0) : held
  }

  settled(): Promise<void> {
    return this.#runs.settled()
  }

  /** What is on its way to the disk is ahead of it; without that, the disk is where we are. */
  #keepInStep(): void {
    if (this.#runs.busy) return
    const core = this.#options.core()
    if (core === null || core.contiguousLength !== core.length) return this.#next.reset(null)
    if (this.#next.length !== core.length) this.#next.reset(core.core.state)
  }

  /** Under the last block's signature, which covers all before it. */
  async #write(run: SignedBlock[]): Promise<boolean> {
    const core = this.#options.core()
    const [{ index }, last] = [run[0]!, run[run.length - 1]!]
    if (core === null) return false
    if (index !== core.length || core.contiguousLength !== index) return false
    const { length } = await appendChecked(core, run, last.index + 1)
    return length === last.index + 1
  }
}
