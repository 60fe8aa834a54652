// What Hypercore would tell others of a core at once, gathered until somebody says that it be told: the
// newest length, and everything held since. What is told late is told whole.
// Touches three internals of Hypercore (replicator.onupgrade, replicator.onhave, peer.canUpgrade).
// Must never: delay what this device itself waits for, or what is said of blocks that are given up.

import type { CorePeer, InternalCore } from 'hypercore'

export interface WithheldOptions {
  /** False while everything is told at once. */
  holdsBack: () => boolean
  /** There is something to tell. */
  onNews: (what: 'length' | 'blocks') => void
}

export class Withheld {
  readonly #core: InternalCore
  readonly #replicator: InternalCore['replicator']
  readonly #tellLength: () => void
  readonly #tellBlocks: (start: number, length: number, drop: boolean) => void
  /** Whom there is something to tell, and from which block on; who has waited longest comes first. */
  readonly #waiting = new Map<CorePeer, number>()
  #to = 0

  constructor(core: InternalCore, { holdsBack, onNews }: WithheldOptions) {
    const { replicator } = core
    this.#core = core
    this.#replicator = replicator
    this.#tellLength = replicator.onupgrade.bind(replicator)
    this.#tellBlocks = replicator.onhave.bind(replicator)
    replicator.onupgrade = () => {
      if (!holdsBack()) return this.#tellLength()
      this.#tellOurselves()
      this.#keep(Infinity)
      onNews('length')
    }
    replicator.onhave = (start, length, drop) => {
      if (drop || !holdsBack()) return this.#tellBlocks(start, length, drop)
      this.#keep(start)
      this.#to = Math.max(this.#to, start + length)
      onNews('blocks')
    }
  }

  /**
   * Tells those that have waited longest, `most` of them; each in one packet.
   * @returns true where others still wait
   */
  tell(most = Infinity): boolean {
    const { destroyed, peers } = this.#replicator
    for (const peer of this.#waiting.keys()) if (!peers.includes(peer)) this.#waiting.delete(peer)
    if (destroyed) return false
    for (const peer of [...this.#waiting.keys()].slice(0, most)) this.tellTo(peer)
    return this.#waiting.size > 0
  }

  /** Tells this one what waits for it, if anything does. */
  tellTo(peer: CorePeer): void {
    const start = this.#waiting.get(peer)
    if (start === undefined || this.#replicator.destroyed) return
    this.#waiting.delete(peer)
    if (this.#canProve(peer)) peer.canUpgrade = true
    peer.protomux.cork() // length and blocks leave as one
    this.#only([peer], () => this.#tellLength())
    if (start < this.#to) {
      this.#only([peer], () => this.#tellBlocks(start, this.#to - start, false))
    }
    peer.protomux.uncork()
  }

  /**
   * Hypercore asks the database whether it has what proves our length to whoever is behind, and sends the
   * length when it knows: a turn of a thread, and a packet more. Where every block is here, so is every node.
   */
  #canProve({ remoteFork }: CorePeer): boolean {
    const { header, state } = this.#core
    return remoteFork === state.fork && header.hints.contiguousLength === state.length
  }

  #keep(start: number): void {
    for (const peer of this.#replicator.peers) {
      this.#waiting.set(peer, Math.min(this.#waiting.get(peer) ?? Infinity, start))
    }
  }

  /** What waits here for the block hears of it at once. */
  #tellOurselves(): void {
    this.#only([], () => this.#tellLength())
  }

  #only(some: CorePeer[], tell: () => void): void {
    const replicator = this.#replicator
    const { peers } = replicator
    replicator.peers = some
    tell()
    replicator.peers = peers
  }
}
