// Follows one journal core, ours or another member's, and yields its entries in order, each once.
// An entry that does not open or decode is skipped and counted: one bad line must not hide the rest.
// One of an epoch whose key is not here yet is kept for when it is.

import type Hypercore from 'hypercore'
import type { Download } from 'hypercore'
import ReadyResource from 'ready-resource'
import type { JournalEntry } from '../../encoding/journal-entry.ts'
import type { JournalHead } from '../../encoding/journal-head.ts'
import type { EvidenceStore } from '../../store/evidence-store.ts'
import type { NewsRounds } from '../../store/hypercore/news-rounds.ts'
import { stayInStep } from '../../store/hypercore/in-step.ts'
import { QuietNews } from '../../store/hypercore/quiet-news.ts'
import type { EpochId } from '../../types/keys.ts'
import { hex } from '../../encoding/hex.ts'
import { epochOf, openJournalEntry } from './journal-cipher.ts'
import type { JournalLine } from '../roster.ts'

export interface JournalReaderOptions {
  store: EvidenceStore
  head: JournalHead
  /** The key of that epoch's entries, or null where it is not here yet. */
  keyOf: (epoch: EpochId) => Uint8Array | null
  onLine: (line: JournalLine) => void
  /** When what is new in it is told on; null for as soon as it is read. */
  rounds: NewsRounds | null
}

export class JournalReader extends ReadyResource {
  readonly head: JournalHead
  /** Entries that could not be read. */
  skipped = 0
  readonly #options: JournalReaderOptions
  /** Indexes of the entries whose key is not here yet, by epoch. */
  readonly #locked = new Map<string, number[]>()
  /** Indexes of entries whose key has come. */
  readonly #due: number[] = []
  #core: Hypercore | null = null
  #download: Download | null = null
  #news: QuietNews | null = null
  #next = 0
  #reading: Promise<void> | null = null

  constructor(options: JournalReaderOptions) {
    super()
    this.#options = options
    this.head = options.head
  }

  /** Resolves once everything that is already here has been read. */
  protected override async _open(): Promise<void> {
    const { store, rounds } = this.#options
    this.#core = await store.core(this.head.signer)
    this.#news = new QuietNews(this.#core.core, () => this.#isCurrent, rounds)
    await this.#read()
    this.#core.on('append', this.#onChange)
    this.#core.on('download', this.#onChange)
    this.#download = this.#core.download({ start: 0, end: -1, linear: true })
    this.#download.done().catch(() => {})
    this.#onChange()
  }

  protected override async _close(): Promise<void> {
    this.#download?.destroy()
    this.#news?.close()
    if (this.#core === null) return
    this.#core.off('append', this.#onChange)
    this.#core.off('download', this.#onChange)
    await this.#reading
    await this.#core.close()
  }

  get core(): Hypercore {
    return this.#core!
  }

  /** Entries that wait for a key. */
  get locked(): number {
    return [...this.#locked.values()].reduce((sum, indexes) => sum + indexes.length, 0)
  }

  /** The key of an epoch has come: what waits for it is read. */
  unlock(epoch: EpochId): void {
    const indexes = this.#locked.get(hex(epoch))
    if (indexes === undefined) return
    this.#locked.delete(hex(epoch))
    this.#due.push(...indexes)
    if (this.#core !== null) this.#onChange()
  }

  /** Nobody is waited for who waits for us. */
  keepOn(): void {
    if (this.opened && this.#core !== null) stayInStep(this.#core.core)
  }

  /** Resolves once everything that is here now, and opens, has been read. */
  async settled(): Promise<void> {
    do {
      this.#onChange()
      await this.#reading
    } while (this.#due.length > 0 && !this.closing)
  }

  /** True where every entry that is known to be there has been read. */
  get #isCurrent(): boolean {
    return this.#next >= this.#core!.length && this.#due.length === 0
  }

  readonly #onChange = (): void => {
    if (this.#reading !== null || this.closing) return
    this.#reading = this.#read().finally(() => {
      this.#reading = null
      this.#news?.check()
      if (this.#next < this.#core!.contiguousLength || this.#due.length > 0) this.#onChange()
    })
  }

  async #read(): Promise<void> {
    const core = this.#core!
    while (!this.closing) {
      const isNew = this.#due.length === 0
      const index = this.#due[0] ?? this.#next
      if (index >= core.contiguousLength) return
      const block = await core.get(index, { wait: false })
      if (block === null) return
      if (isNew) this.#next++
      else this.#due.shift()
      this.#deliver(index, block)
    }
  }

  #deliver(index: number, block: Uint8Array): void {
    const { onLine } = this.#options
    const { key: journal } = this.#core!
    try {
      const entry = this.#entry(index, block)
      const { device, previous } = this.head
      if (entry) onLine({ device, journal, previous, index, entry })
    } catch {
      this.skipped++
    }
  }

  #entry(index: number, block: Uint8Array): JournalEntry | null {
    const epoch = epochOf(block)
    const key = this.#options.keyOf(epoch)
    if (key !== null) return openJournalEntry(key, this.#core!.key, index, block)
    const waiting = this.#locked.get(hex(epoch))
    if (waiting) waiting.push(index)
    else this.#locked.set(hex(epoch), [index])
    return null
  }
}
