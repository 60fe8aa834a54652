// One recording's health: reads every block that this device holds of it again, raw, and holds it
// against the tree its author signed. In steps, so that whoever asks sets the pace and can go on where
// it was; what is damaged is no longer claimed, and can be fetched again.
// Must never: touch a block that is whole.

import b4a from 'b4a'
import type Hypercore from 'hypercore'
import type { Download } from 'hypercore'
import { LogTree, unwrapSignature, verifyTree } from '../recording/log-tree.ts'
import { checkBlock, giveUpBlock, isWhole } from '../store/block-check.ts'
import type { DeviceKey } from '../types/keys.ts'
import type { Replica } from './replica.ts'

export interface HealthCheckOptions {
  replica: Replica
  self: DeviceKey
  /** Block to go on from. @default 0 */
  start?: number
}

export class HealthCheck {
  /** Said to be here, and not what was signed. */
  readonly damaged: number[] = []
  /** Not here, though this device has signed for them. */
  readonly missing: number[] = []
  /** The next block to read: what to keep in order to go on later. */
  next: number
  /** Bytes read so far. */
  bytes = 0
  readonly #options: HealthCheckOptions
  /** Of the blocks as they hash now; null where not all of them were seen. */
  #tree: LogTree | null

  constructor(options: HealthCheckOptions) {
    const { start = 0 } = options
    this.#options = options
    this.next = start
    this.#tree = start === 0 ? new LogTree() : null
  }

  /** Blocks that do not stand as they should, in order. */
  get lost(): number[] {
    return [...this.damaged, ...this.missing].sort((a, b) => a - b)
  }

  /**
   * Reads up to `count` more blocks.
   * @returns true while there are more
   */
  async step(count: number): Promise<boolean> {
    const core = await this.#options.replica.wake()
    const end = Math.min(this.next + count, core.length)
    for (; this.next < end; this.next++) await this.#look(core, this.next)
    return this.next < core.length
  }

  /**
   * True where all blocks together make the tree that the author's key signed, false where they do not;
   * null where not all of them are here. After the last step.
   */
  async isSigned(): Promise<boolean | null> {
    const { announced } = this.#options.replica
    const { key, core } = await this.#options.replica.wake()
    const signature = unwrapSignature(core.header.tree.signature)
    if (this.#tree === null || this.#tree.length !== core.state.length) return null
    if (signature === null || this.#tree.length === 0) return null
    const { length } = this.#tree
    return verifyTree(key, this.#tree.hash(), length, 0, signature, announced.signer)
  }

  /**
   * Ends the claim to what is damaged: its bytes go to the `quarantine` folder. What this device had
   * signed for beyond counts no longer, and its journal says so.
   */
  async giveUp(quarantine: string): Promise<void> {
    const { replica } = this.#options
    const core = await replica.wake()
    for (const index of this.damaged) await giveUpBlock(core, index, quarantine)
    replica.acknowledge()
  }

  async #look(core: Hypercore, index: number): Promise<void> {
    const { state, leaf } = await checkBlock(core, index)
    if (leaf === null) this.#tree = null
    else this.#tree?.appendLeaf(leaf.hash, leaf.size)
    this.bytes += leaf?.size ?? 0
    if (state === 'damaged') this.damaged.push(index)
    else if (state === 'absent' && index < this.#everSigned) this.missing.push(index)
  }

  get #everSigned(): number {
    const { replica, self } = this.#options
    const own = replica.receipts.all().filter(({ holder }) => b4a.equals(holder, self))
    return Math.max(0, ...own.map(({ length }) => length))
  }
}

/** Asks for these blocks again, from whoever is linked and has them. */
export class Repair {
  readonly #replica: Replica
  readonly #left: Set<number>
  #downloads: Download[] = []

  constructor(replica: Replica, indexes: readonly number[]) {
    this.#replica = replica
    this.#left = new Set(indexes)
  }

  /** How many have not come yet. */
  get left(): number {
    return this.#left.size
  }

  async start(): Promise<void> {
    const core = await this.#replica.wake()
    if (this.#replica.mode === 'push') this.#replica.setMode('pull')
    this.#downloads = [...this.#left].map((start) => core.download({ start, end: start + 1 }))
    for (const download of this.#downloads) download.done().catch(() => {})
  }

  /** Looks which have come; true once all have. */
  async isDone(): Promise<boolean> {
    const core = await this.#replica.wake()
    for (const index of this.#left) if (await isWhole(core, index)) this.#left.delete(index)
    return this.#left.size === 0
  }

  stop(): void {
    for (const download of this.#downloads) download.destroy()
    this.#downloads = []
  }
}
