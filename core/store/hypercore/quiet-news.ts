// Keeps Hypercore from telling others of journal entries before this device has read them: they may say
// that one of the others is revoked. Told at once, a revoked device would have that, and what stands
// behind it, from whoever hears of it a moment later than its own links are closed.
// Touches two internals of Hypercore (replicator.onupgrade, replicator.onhave).
// Must never: delay what this device itself waits for, or hold back for good what it cannot get.

import type { InternalCore } from 'hypercore'

/** Who told of entries may be gone before they are here: then the others hear of those that are. */
const TELL_AFTER_MS = 2000

export class QuietNews {
  readonly #isRead: () => boolean
  readonly #tell: () => void
  #timer: Timer | null = null
  #isDue = false
  #isClosed = false

  /** @param isRead true where all that is known of has been read, and acted on */
  constructor({ replicator }: InternalCore, isRead: () => boolean) {
    const onupgrade = replicator.onupgrade.bind(replicator)
    const onhave = replicator.onhave.bind(replicator)
    let from = Infinity
    let to = 0
    this.#isRead = isRead
    this.#tell = () => {
      const [start, end] = [from, to]
      from = Infinity
      to = 0
      if (replicator.destroyed) return
      onupgrade()
      if (end > start) onhave(start, end - start, false)
    }
    replicator.onupgrade = () => {
      const peers = replicator.peers
      replicator.peers = [] // what waits here for the block hears of it at once
      onupgrade()
      replicator.peers = peers
      this.#later()
    }
    replicator.onhave = (start, length, drop) => {
      if (drop) return onhave(start, length, drop)
      from = Math.min(from, start)
      to = Math.max(to, start + length)
      this.#later()
    }
  }

  /** Something more has been read. */
  check(): void {
    if (this.#isDue && this.#isRead()) this.#now()
  }

  /** Tells what waits, and holds nothing back any more. */
  close(): void {
    if (this.#isDue) this.#now()
    this.#isClosed = true
  }

  #later(): void {
    if (this.#isClosed) return this.#tell()
    this.#isDue = true
    this.#timer ??= setTimeout(() => this.#now(), TELL_AFTER_MS).unref()
  }

  #now(): void {
    clearTimeout(this.#timer)
    this.#timer = null
    this.#isDue = false
    this.#tell()
  }
}
