// When a device that follows, and is pushed nothing, asks the others how far they are: a film may rest, or
// whoever pushes may pass nothing on, and the others say by themselves what they have only now and then
// (store/hypercore/news/hush.ts). Time is an argument.
// Must never: ask as often as before in a silence that lasts; a film may rest for an hour.

import type { Replica } from '../../replica/replica.ts'

/** Longer than from one entry to the next, which is a second at most. */
const ASK_AFTER_MS = 1200

interface Silence {
  sinceMs: number
  /** When it is asked next. */
  dueAtMs: number
}

export class Silences {
  readonly #asked = new WeakMap<Replica, Silence>()

  /**
   * Once in a silence as long as that of an entry that does not come, and again when it is twice as long.
   * @param sinceMs when a block last came
   */
  isDue(replica: Replica, sinceMs: number, nowMs: number): boolean {
    const before = this.#asked.get(replica)
    const dueAtMs = before?.sinceMs === sinceMs ? before.dueAtMs : sinceMs + ASK_AFTER_MS
    if (nowMs < dueAtMs) return false
    this.#asked.set(replica, { sinceMs, dueAtMs: nowMs + (nowMs - sinceMs) })
    return true
  }
}
