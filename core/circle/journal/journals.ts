// The journals of one circle that are followed here, ours and those of all others, old and new: each read
// by a reader of its own. Which of them stands open towards whom is decided in `exchange/journals/`.
// Must never: follow a journal whose head was not checked.

import { hex } from '../../encoding/hex.ts'
import type { JournalHead } from '../../encoding/journal/journal-head.ts'
import { Beat } from '../../runtime/beat.ts'
import type { EvidenceStore } from '../../store/evidence-store.ts'
import { NewsRounds } from '../../store/hypercore/news/news-rounds.ts'
import type { DeviceKey, EpochId } from '../../types/keys.ts'
import type { JournalLine } from '../roster.ts'
import type { JournalCipherKey } from './journal-cipher.ts'
import { journalIdOf } from './journal-head.ts'
import type { JournalRoom } from './room/journal-room.ts'
import { JournalReader } from './journal-reader.ts'
import { Slab } from './packed-line.ts'

/** How often it is seen to that no journal waits for who waits for us (store/hypercore/in-step.ts). */
const KEEP_ON_MS = 1000

export interface JournalsOptions {
  store: EvidenceStore
  /** The keys of that epoch's entries, or null where they are not here yet. */
  keyOf: (epoch: EpochId) => Omit<JournalCipherKey, 'id'> | null
  /** How much of a device is fetched. */
  roomOf: (device: DeviceKey) => JournalRoom
  onLine: (line: JournalLine) => void
  /** A line that was told has its words now. */
  onWords: (line: JournalLine) => void
  /** More of it has been read, and acted on. */
  onRead: (reader: JournalReader) => void
}

export class Journals {
  readonly #options: JournalsOptions
  readonly #readers = new Map<string, JournalReader>()
  readonly #byDiscovery = new Map<string, JournalReader>()
  readonly #rounds = new NewsRounds()
  readonly #slab = new Slab()
  readonly #beat = new Beat(KEEP_ON_MS, () => this.#readers.forEach((reader) => reader.keepOn()))

  constructor(options: JournalsOptions) {
    this.#options = options
  }

  /** To be called once what is here has been read. */
  start(): void {
    this.#beat.start()
  }

  async close(): Promise<void> {
    this.#beat.stop()
    for (const reader of this.#readers.values()) await reader.close()
    this.#rounds.stop()
  }

  /** Those that are open. */
  get all(): JournalReader[] {
    return [...this.#readers.values()].filter(({ opened }) => opened)
  }

  /** @param id its key, as hex; null where no such journal is followed, or it is still being opened */
  get(id: string): JournalReader | null {
    const reader = this.#readers.get(id)
    return reader?.opened ? reader : null
  }

  byDiscoveryKey(key: Uint8Array): JournalReader | null {
    return this.#byDiscovery.get(hex(key)) ?? null
  }

  /** Entries that wait for a key. */
  get locked(): number {
    return [...this.#readers.values()].reduce((sum, { locked }) => sum + locked, 0)
  }

  /**
   * Follows a journal, if it is not followed already.
   * @param isOurs what we say ourselves is told of at once
   * @returns its reader once what is here of it has been read; null where it was followed before
   */
  async follow(head: JournalHead, isOurs: boolean): Promise<JournalReader | null> {
    const id = journalIdOf(head)
    if (this.#readers.has(id)) return null
    const { roomOf, ...options } = this.#options
    const rounds = isOurs ? null : this.#rounds
    const own = { slab: this.#slab, room: roomOf(head.device) }
    const reader = new JournalReader({ ...options, ...own, head, rounds })
    this.#readers.set(id, reader)
    await reader.ready()
    this.#byDiscovery.set(hex(reader.core.discoveryKey), reader)
    return reader
  }

  /** Resolves once everything that is here of all journals has been read. */
  async settled(): Promise<void> {
    for (const reader of this.#readers.values()) await reader.settled()
  }

  /** The key of an epoch has come: what waits for it is read. */
  unlock(epoch: EpochId): void {
    this.#readers.forEach((reader) => reader.unlock(epoch))
  }
}
