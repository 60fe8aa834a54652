// Puts our receipts into our journal, where they survive us and reach everyone: batched, so that a long
// film costs few small entries. Sent over the link at once all the same; this is the lasting copy.
// Written at once where waiting could lose it: at the end of a film, when its author's link is gone. In a
// large circle some write first, and the others gather for longer (who-writes.ts).
// Must never: write down what the journal says already, or what has been lost since it was signed.

import b4a from 'b4a'
import type { Circle } from '../../circle/circle.ts'
import { hex } from '../../encoding/hex.ts'
import { strainMs } from '../../runtime/beat.ts'
import type { Receipt } from '../../encoding/recording/receipt.ts'
import type { RecordingKey } from '../../types/keys.ts'

/**
 * While a film runs: 20 entries of half a kilobyte for ten minutes of it. Everybody fetches, checks and keeps
 * those of everybody: with three holders at 15 s a holder spent a fifteenth of its processor time on them.
 */
const EVERY_MS = 30_000
/**
 * Where others write first, at least so long and at most twice: one entry then has the receipts of several
 * films, and not all devices write in the same second.
 */
const AFTER_OTHERS_MS = 10 * EVERY_MS
const MAX_BATCH = 128
/**
 * Late by so much on average, a device does not write at once: an entry goes to every member by itself, and
 * fifty that catch up with ten films would have five hundred to hand to fifty.
 */
const LATE_MS = 250

export interface JournalReceiptsOptions {
  circle: Pick<Circle, 'say' | 'hasRoomForReceipts'>
  /** Blocks that our journal says we hold of this recording. */
  written: (recording: RecordingKey) => number
  /** True where this device is one of those who write at once of this recording. */
  isFirst: (recording: RecordingKey) => boolean
  /** From 0 to 1, another on each device: its place among those who write later. */
  place: number
  now: () => number
  /** By how much this process is late. @default that of its beat, on average */
  lateMs?: () => number
}

export class JournalReceipts {
  readonly #options: JournalReceiptsOptions
  readonly #waiting = new Map<string, Receipt>()
  readonly #leaving = new Map<string, number>()
  #sinceMs = 0
  #writing: Promise<void> = Promise.resolve()

  constructor(options: JournalReceiptsOptions) {
    this.#options = options
  }

  add(receipt: Receipt): void {
    const { written, now } = this.#options
    const id = hex(receipt.recording)
    const known = Math.max(this.#leaving.get(id) ?? 0, written(receipt.recording))
    if (known >= receipt.length) return
    if (this.#waiting.size === 0) this.#sinceMs = now()
    this.#waiting.set(id, receipt)
  }

  /** Writes what has waited long enough. */
  tick(): void {
    if (this.#waiting.size === 0) return
    const waitedMs = this.#options.now() - this.#sinceMs
    const laterMs = AFTER_OTHERS_MS * (1 + this.#options.place)
    if (waitedMs >= laterMs || (waitedMs >= EVERY_MS && this.#isFirst)) this.flush()
  }

  /**
   * Waiting could lose it: written now where there is time and it falls to us, else with what comes until it
   * has waited long enough.
   */
  hurry(): void {
    const { lateMs = strainMs } = this.#options
    if (lateMs() <= LATE_MS && this.#isFirst) this.flush()
  }

  /** Writes what waits, now; where our journals are filling up it waits, and is told over links alone. */
  flush(): void {
    if (!this.#options.circle.hasRoomForReceipts) return
    const all = [...this.#waiting.values()]
    this.#waiting.clear()
    for (let i = 0; i < all.length; i += MAX_BATCH) this.#write(all.slice(i, i + MAX_BATCH))
  }

  /** What more than `length` blocks of this recording (null: of any) were signed for is not here. */
  lose(recording: RecordingKey | null, length: number): void {
    for (const [id, receipt] of this.#waiting) {
      const isMeant = recording === null || b4a.equals(receipt.recording, recording)
      if (isMeant && receipt.length > length) this.#waiting.delete(id)
    }
  }

  async close(): Promise<void> {
    this.flush()
    await this.#writing
  }

  /** Of something that waits; the rest goes into the same entry. */
  get #isFirst(): boolean {
    const { isFirst } = this.#options
    return [...this.#waiting.values()].some(({ recording }) => isFirst(recording))
  }

  #write(batch: Receipt[]): void {
    for (const { recording, length } of batch) this.#leaving.set(hex(recording), length)
    this.#writing = this.#writing
      .then(() => this.#options.circle.say({ kind: 'receipts', body: batch }))
      .catch(() => this.#takeBack(batch))
      .finally(() => this.#left(batch))
  }

  /** A full disk: they are for what is held, which is held still. */
  #takeBack(batch: Receipt[]): void {
    for (const receipt of batch) {
      const id = hex(receipt.recording)
      if (!this.#waiting.has(id)) this.#waiting.set(id, receipt)
    }
    this.#sinceMs = this.#options.now()
  }

  #left(batch: Receipt[]): void {
    for (const { recording, length } of batch) {
      if (this.#leaving.get(hex(recording)) === length) this.#leaving.delete(hex(recording))
    }
  }
}
