// Follows one journal core, ours or another member's, and yields its entries in order, each once.
// An entry that does not open or decode is skipped and counted: one bad line must not hide the rest.

import type Hypercore from 'hypercore'
import type { Download } from 'hypercore'
import ReadyResource from 'ready-resource'
import type { JournalHead } from '../encoding/journal-head.ts'
import type { EvidenceStore } from '../store/evidence-store.ts'
import { openJournalEntry } from './journal-cipher.ts'
import type { JournalLine } from './roster.ts'

export interface JournalReaderOptions {
  store: EvidenceStore
  head: JournalHead
  journalKey: Uint8Array
  onLine: (line: JournalLine) => void
}

export class JournalReader extends ReadyResource {
  readonly head: JournalHead
  /** Entries that could not be read. */
  skipped = 0
  readonly #options: JournalReaderOptions
  #core: Hypercore | null = null
  #download: Download | null = null
  #next = 0
  #reading: Promise<void> | null = null

  constructor(options: JournalReaderOptions) {
    super()
    this.#options = options
    this.head = options.head
  }

  /** Resolves once everything that is already here has been read. */
  protected override async _open(): Promise<void> {
    this.#core = await this.#options.store.core(this.head.signer)
    await this.#read()
    this.#core.on('append', this.#onChange)
    this.#core.on('download', this.#onChange)
    this.#download = this.#core.download({ start: 0, end: -1, linear: true })
    this.#download.done().catch(() => {})
    this.#onChange()
  }

  protected override async _close(): Promise<void> {
    this.#download?.destroy()
    if (this.#core === null) return
    this.#core.off('append', this.#onChange)
    this.#core.off('download', this.#onChange)
    await this.#reading
    await this.#core.close()
  }

  get core(): Hypercore {
    return this.#core!
  }

  /** Resolves once everything that is here now has been read. */
  async settled(): Promise<void> {
    this.#onChange()
    await this.#reading
  }

  readonly #onChange = (): void => {
    if (this.#reading !== null || this.closing) return
    this.#reading = this.#read().finally(() => {
      this.#reading = null
      if (this.#next < this.#core!.contiguousLength) this.#onChange()
    })
  }

  async #read(): Promise<void> {
    const core = this.#core!
    while (this.#next < core.contiguousLength && !this.closing) {
      const block = await core.get(this.#next, { wait: false })
      if (block === null) return
      this.#deliver(this.#next++, block)
    }
  }

  #deliver(index: number, block: Uint8Array): void {
    const { journalKey, onLine } = this.#options
    const { key } = this.#core!
    try {
      const entry = openJournalEntry(journalKey, key, index, block)
      onLine({ device: this.head.device, journal: key, index, entry })
    } catch {
      this.skipped++
    }
  }
}
