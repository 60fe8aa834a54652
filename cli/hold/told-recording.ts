// A recording that `hold` tells of: as it is now, at most every so often. What is told is for its
// teller to say: of a film of this device's own, or of one that it holds for somebody.

import type { Exchange } from '../../core/exchange/exchange.ts'
import type { Replica } from '../../core/replica/replica.ts'
import { Coalesced } from '../output/coalesce.ts'

/** Most often a recording is told of. */
const EVERY_MS = 100

export interface Subject {
  /** Another one after a full disk. */
  replica: Replica
  exchange: Exchange
}

export interface RecordingTeller {
  readonly hasNews: boolean
  tell(): void
}

export class ToldRecording {
  readonly #subject: Subject
  readonly #teller: RecordingTeller
  readonly #telling: Coalesced

  /** @param subject what the teller tells of: it is written here, and read there */
  constructor(subject: Subject, teller: RecordingTeller) {
    this.#subject = subject
    this.#teller = teller
    this.#telling = new Coalesced(() => teller.tell(), EVERY_MS)
  }

  /** Something about it may have changed. */
  update(now: Subject): void {
    Object.assign(this.#subject, now)
    if (this.#teller.hasNews) this.#telling.call()
  }

  flush(): void {
    this.#telling.flush()
  }
}
