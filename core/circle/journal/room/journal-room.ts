// How much of what one device writes in its journals is fetched and kept, all of its journals together:
// so much at once, and more with every day that it has been a member. Nothing that is here is ever given
// up for it; what is beyond waits with who wrote it, and is fetched when its time comes.
// Every member counts alike, so that all have read the same of a device that says too much.
// Must never: lose what an honest device says, or count one device's entries as another's.

import {
  JOURNAL_BYTES,
  JOURNAL_BYTES_PER_DAY,
  BLOCK_COST_BYTES,
  MAX_JOURNAL_BLOCK_BYTES,
  STRANGE_JOURNAL_BYTES
} from '../../../limits.ts'

const DAY_MS = 24 * 3_600_000

/** What one entry can cost at most. */
const LARGEST_BYTES = MAX_JOURNAL_BLOCK_BYTES + BLOCK_COST_BYTES

/**
 * Bytes that are kept of one device.
 * @param sinceMs when it was let in, by who let it in; null where nobody has
 */
export function journalLimit(sinceMs: number | null, nowMs: number): number {
  if (sinceMs === null) return STRANGE_JOURNAL_BYTES
  const days = Math.floor(Math.max(0, nowMs - sinceMs) / DAY_MS)
  return JOURNAL_BYTES + days * JOURNAL_BYTES_PER_DAY
}

export interface JournalRoomOptions {
  /** Bytes that are kept of this device today. */
  limitBytes: () => number
  /** Something it says is not fetched: there is no more room, or it is no entry at all. */
  onRefused: () => void
}

export class JournalRoom {
  readonly #options: JournalRoomOptions
  #usedBytes = 0
  #reserved = 0
  #isSpent = false

  constructor(options: JournalRoomOptions) {
    this.#options = options
  }

  /** What part of its room is used, 0 to 1 or more. */
  get share(): number {
    return this.#usedBytes / this.#options.limitBytes()
  }

  /** Of entries that are here, what they cost included. */
  get usedBytes(): number {
    return this.#usedBytes
  }

  /** True where not even one entry more may be fetched. */
  get isFull(): boolean {
    return this.#most === 0
  }

  /** An entry is here. */
  use(blockBytes: number): void {
    this.#usedBytes += blockBytes + BLOCK_COST_BYTES
  }

  /**
   * Room for entries about to be fetched, however large they are; to be given back once they are here.
   * @returns how many of them may be
   */
  reserve(entries: number): number {
    const most = this.#most
    if (entries > 0) this.#note(most === 0)
    const granted = Math.max(0, Math.min(entries, most - this.#reserved))
    this.#reserved += granted
    return granted
  }

  release(entries: number): void {
    this.#reserved -= entries
  }

  /** It sent what no entry can be. */
  refuse(): void {
    this.#options.onRefused()
  }

  #note(isSpent: boolean): void {
    const isNews = isSpent && !this.#isSpent
    this.#isSpent = isSpent
    if (isNews) this.#options.onRefused()
  }

  /** Entries there is room for, however large they are. */
  get #most(): number {
    const leftBytes = this.#options.limitBytes() - this.#usedBytes
    return Math.max(0, Math.floor(leftBytes / LARGEST_BYTES))
  }
}
