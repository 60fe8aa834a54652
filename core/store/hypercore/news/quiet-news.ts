// Keeps Hypercore from telling others of journal entries before this device has read them: they may say
// that one of the others is revoked. Told at once, a revoked device would have that, and what stands
// behind it, from whoever hears of it a moment later than its own links are closed.
// Must never: delay what this device itself waits for, or hold back for good what it cannot get.

import type { InternalCore } from 'hypercore'
import type Protomux from 'protomux'
import { stayInStep } from '../in-step.ts'
import type { News, NewsRounds } from './news-rounds.ts'
import { Withheld } from './withheld.ts'

/** Who told of entries may be gone before they are here: then the others hear of those that are. */
const TELL_AFTER_MS = 2000

export class QuietNews implements News {
  readonly #isRead: () => boolean
  readonly #rounds: NewsRounds | null
  readonly #core: InternalCore
  readonly #withheld: Withheld
  #timer: Timer | null = null
  #isDue = false
  #isClosed = false

  /**
   * @param isRead true where all that is known of has been read, and acted on
   * @param rounds in which it is told once read; null for at once
   */
  constructor(core: InternalCore, isRead: () => boolean, rounds: NewsRounds | null = null) {
    this.#isRead = isRead
    this.#rounds = rounds
    this.#core = core
    this.#withheld = new Withheld(core, {
      holdsBack: () => true,
      onNews: (what) => {
        if (what === 'length') stayInStep(core)
        this.#later()
      }
    })
  }

  /** Something more has been read. */
  check(): void {
    if (!this.#isDue || !this.#isRead()) return
    if (this.#rounds === null) this.tell()
    else this.#rounds.ask(this)
  }

  get muxes(): Protomux[] {
    return this.#core.replicator.peers.map(({ protomux }) => protomux)
  }

  tell(): void {
    if (!this.#isDue) return
    clearTimeout(this.#timer)
    this.#timer = null
    this.#isDue = false
    this.#withheld.tell()
  }

  /** Tells what waits, and holds nothing back any more. */
  close(): void {
    this.tell()
    this.#isClosed = true
  }

  #later(): void {
    if (this.#isClosed) return void this.#withheld.tell()
    this.#isDue = true
    this.#timer ??= setTimeout(() => this.tell(), TELL_AFTER_MS).unref()
  }
}
