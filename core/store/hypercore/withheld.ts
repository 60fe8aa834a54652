// What Hypercore would tell others of a core at once, gathered until somebody says that it be told: the
// newest length, and everything held since. What is told late is told whole.
// Touches two internals of Hypercore (replicator.onupgrade, replicator.onhave).
// Must never: delay what this device itself waits for, or what is said of blocks that are given up.

import type { InternalCore } from 'hypercore'

export interface WithheldOptions {
  /** False while everything is told at once. */
  holdsBack: () => boolean
  /** There is something to tell. */
  onNews: (what: 'length' | 'blocks') => void
}

export class Withheld {
  readonly #replicator: InternalCore['replicator']
  readonly #tellLength: () => void
  readonly #tellBlocks: (start: number, length: number, drop: boolean) => void
  #from = Infinity
  #to = 0

  constructor({ replicator }: InternalCore, { holdsBack, onNews }: WithheldOptions) {
    this.#replicator = replicator
    this.#tellLength = replicator.onupgrade.bind(replicator)
    this.#tellBlocks = replicator.onhave.bind(replicator)
    replicator.onupgrade = () => {
      if (!holdsBack()) return this.#tellLength()
      this.#tellOurselves()
      onNews('length')
    }
    replicator.onhave = (start, length, drop) => {
      if (drop || !holdsBack()) return this.#tellBlocks(start, length, drop)
      this.#from = Math.min(this.#from, start)
      this.#to = Math.max(this.#to, start + length)
      onNews('blocks')
    }
  }

  tell(): void {
    const [start, end] = [this.#from, this.#to]
    this.#from = Infinity
    this.#to = 0
    if (this.#replicator.destroyed) return
    this.#tellLength()
    if (end > start) this.#tellBlocks(start, end - start, false)
  }

  /** What waits here for the block hears of it at once. */
  #tellOurselves(): void {
    const replicator = this.#replicator
    const { peers } = replicator
    replicator.peers = []
    this.#tellLength()
    replicator.peers = peers
  }
}
