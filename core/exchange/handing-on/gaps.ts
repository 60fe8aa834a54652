// What a following device sees that it misses: since when, and what its upstream must have, having pushed
// a block that is not the next one. Time is an argument.

import type { Replica } from '../../replica/replica.ts'
import type { Peer } from '../members/peer.ts'

export class Gaps {
  readonly #sinceMs = new WeakMap<Replica, number>()
  readonly #pushed = new WeakMap<Replica, { peer: Peer; length: number }>()

  /**
   * When a gap was first seen. A line that was dead for a second brings the blocks and the news of them
   * together: nothing is missing then, though nothing has come for long.
   */
  seenAtMs(replica: Replica, isMissing: boolean, nowMs: number): number {
    if (!isMissing) {
      this.#sinceMs.delete(replica)
      return 0
    }
    if (!this.#sinceMs.has(replica)) this.#sinceMs.set(replica, nowMs)
    return this.#sinceMs.get(replica)!
  }

  /** This peer pushed block `index`, and what comes before is not all here. */
  passedOver(replica: Replica, peer: Peer, index: number): void {
    this.#pushed.set(replica, { peer, length: index + 1 })
  }

  /** What it must have by that, 0 where it has pushed no such block; whether it was true shows when it is asked. */
  lengthAt(replica: Replica, peer: Peer): number {
    const pushed = this.#pushed.get(replica)
    return pushed?.peer === peer ? pushed.length : 0
  }

  /** What was missing is asked for: nothing is concluded from what was pushed before. */
  asked(replica: Replica): void {
    this.#pushed.delete(replica)
  }
}
