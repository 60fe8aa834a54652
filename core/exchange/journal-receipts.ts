// Puts our receipts into our journal, where they survive us and reach everyone: batched, so that a long
// film costs few small entries. Sent over the link at once all the same; this is the lasting copy.

import type { Circle } from '../circle/circle.ts'
import { hex } from '../encoding/hex.ts'
import type { Receipt } from '../encoding/receipt.ts'

/** While a film runs; its end is written at once. */
const EVERY_MS = 10_000
const MAX_BATCH = 128

export class JournalReceipts {
  readonly #circle: Circle
  readonly #waiting = new Map<string, Receipt>()
  readonly #written = new Map<string, number>()
  #timer: Timer | null = null
  #writing: Promise<void> = Promise.resolve()

  constructor(circle: Circle) {
    this.#circle = circle
  }

  /** Lengths that the journal already tells of: nothing is written twice after a restart. */
  known(receipt: Receipt): void {
    this.#note(receipt)
  }

  add(receipt: Receipt): void {
    const id = hex(receipt.recording)
    if ((this.#written.get(id) ?? 0) >= receipt.length) return
    this.#waiting.set(id, receipt)
    this.#timer ??= setTimeout(() => this.flush(), EVERY_MS)
  }

  /** Writes what waits, now. */
  flush(): void {
    clearTimeout(this.#timer)
    this.#timer = null
    const batch = [...this.#waiting.values()].slice(0, MAX_BATCH)
    if (batch.length === 0) return
    for (const receipt of batch) {
      this.#waiting.delete(hex(receipt.recording))
      this.#note(receipt)
    }
    this.#writing = this.#writing
      .then(() => this.#circle.say({ kind: 'receipts', body: batch }))
      .catch(() => {}) // a full disk: the receipts were for what is held, which is held still
    if (this.#waiting.size > 0) this.#timer = setTimeout(() => this.flush(), 0)
  }

  async close(): Promise<void> {
    this.flush()
    clearTimeout(this.#timer)
    await this.#writing
  }

  #note(receipt: Receipt): void {
    const id = hex(receipt.recording)
    this.#written.set(id, Math.max(this.#written.get(id) ?? 0, receipt.length))
  }
}
