// Follows one journal core, ours or another member's, and yields its entries in order, each once.
// An entry that does not open or decode is skipped and counted: one bad line must not hide the rest.
// One of an epoch whose key is not here yet is kept for when it is; so are words alone.

import b4a from 'b4a'
import type Hypercore from 'hypercore'
import type { Download } from 'hypercore'
import ReadyResource from 'ready-resource'
import type { JournalHead } from '../../encoding/journal/journal-head.ts'
import type { ProvenLine } from '../../encoding/journal/proven-line.ts'
import type { EvidenceStore } from '../../store/evidence-store.ts'
import type { NewsRounds } from '../../store/hypercore/news/news-rounds.ts'
import { stayInStep } from '../../store/hypercore/in-step.ts'
import { askAgain } from '../../store/hypercore/second-asks.ts'
import { boundBlocks } from '../../store/hypercore/bounded-blocks.ts'
import { QuietNews } from '../../store/hypercore/news/quiet-news.ts'
import { ReadAhead } from '../../store/hypercore/read-ahead.ts'
import type { EpochId } from '../../types/keys.ts'
import { hex } from '../../encoding/hex.ts'
import { MAX_JOURNAL_BLOCK_BYTES } from '../../limits.ts'
import { envelopeOf, openJournalEntry } from './journal-cipher.ts'
import type { JournalCipherKey, OpenedEntry } from './journal-cipher.ts'
import { Muted } from './muted.ts'
import { journalIdOf } from './journal-head.ts'
import { isProven } from './line-proof.ts'
import type { JournalRoom } from './room/journal-room.ts'
import { isPacked, PackedLine } from './packed-line.ts'
import type { Slab, Source } from './packed-line.ts'
import { ShownBlocks } from './shown-blocks.ts'
import { pushTo } from '../lists.ts'
import type { JournalLine } from '../roster.ts'

/** Room to open what is copied at once: most entries are half a kilobyte. */
const SCRATCH = b4a.allocUnsafeSlow(4096)
/** Entries asked for at one time. */
const LOOK_AHEAD = 64
/**
 * The next entry is asked for before it is there, so that it comes with the news that it is. Not of who has
 * used half of its room: with 1,024 journals that would be a quarter of it.
 */
const EXPECTS_BELOW = 1 / 2

export interface JournalReaderOptions {
  store: EvidenceStore
  head: JournalHead
  /** The keys of that epoch's entries, or null where they are not here yet. */
  keyOf: (epoch: EpochId) => Omit<JournalCipherKey, 'id'> | null
  onLine: (line: JournalLine) => void
  /** A line that was told has its words now. */
  onWords: (line: JournalLine) => void
  /** More of it has been read, and acted on. @default nobody is told */
  onRead?: (reader: JournalReader) => void
  /** Where lines are kept of which there are many. */
  slab: Slab
  /** When what is new in it is told on; null for as soon as it is read. */
  rounds: NewsRounds | null
  /** How much of this device is fetched. */
  room: JournalRoom
}

export class JournalReader extends ReadyResource {
  readonly head: JournalHead
  /** Entries that could not be read. */
  skipped = 0
  readonly #options: JournalReaderOptions
  /** Indexes of the entries whose key is not here yet, by epoch. */
  readonly #locked = new Map<string, number[]>()
  readonly #muted = new Muted()
  readonly #shown = new ShownBlocks()
  /** Indexes of entries whose key has come. */
  readonly #due: number[] = []
  #core: Hypercore | null = null
  #source: Source | null = null
  #blocks: ReadAhead | null = null
  #download: Download | null = null
  #news: QuietNews | null = null
  #next = 0
  /** An entry that a damaged store claims to have and has not. */
  #missing: number | null = null
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
    const { device, previous } = this.head
    this.#source = { device, journal: this.#core.key, previous }
    this.#blocks = new ReadAhead(this.#core)
    boundBlocks(this.#core.core, MAX_JOURNAL_BLOCK_BYTES, () => this.#options.room.refuse())
    this.#news = new QuietNews(this.#core.core, () => this.#isCurrent, rounds)
    await this.#read()
    this.#core.on('append', this.#onChange)
    this.#core.on('download', this.#onChange)
    this.#fetch()
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

  /** Key of the journal, as hex. */
  get id(): string {
    return journalIdOf(this.head)
  }

  /** Entries that have been read, and acted on; those that wait for a key count. */
  get length(): number {
    return this.#next
  }

  /** Those of them that are here for others as well. */
  get given(): number {
    return Math.min(this.#next, this.#core!.contiguousLength)
  }

  /** True where more of it is signed than has been read, and there is room: it may have to be shown. */
  get isBehind(): boolean {
    return this.#next < this.#core!.length && !this.#options.room.isFull
  }

  /** Entries that wait for a key. */
  get locked(): number {
    return [...this.#locked.values()].reduce((sum, indexes) => sum + indexes.length, 0)
  }

  /** The key of an epoch has come, or that of its words: what waits for it is read. */
  unlock(epoch: EpochId): void {
    const indexes = [...(this.#locked.get(hex(epoch)) ?? []), ...this.#muted.take(epoch)]
    if (indexes.length === 0) return
    this.#locked.delete(hex(epoch))
    this.#due.push(...indexes)
    if (this.#core !== null) this.#onChange()
  }

  /** Somebody shows an entry that its core cannot take. @returns true where it is the next, and proven */
  show(line: ProvenLine): boolean {
    if (!this.opened || this.closing || !this.isBehind) return false
    const next = Math.max(this.#next, this.#shown.end)
    if (line.index !== next || !b4a.equals(line.journal, this.#core!.key)) return false
    if (this.#shown.isRefuted || !isProven(line, this.head.signer)) return false
    this.#shown.add(line.index, line.block)
    this.#onChange()
    return true
  }

  /** Nobody is waited for who waits for us, or for long who gives nothing; and there may be room again. */
  keepOn(): void {
    if (!this.opened || this.#core === null) return
    stayInStep(this.#core.core)
    askAgain(this.#core.core)
    this.#missing = null
    if (this.#hasMore) this.#onChange()
    this.#fetch()
  }

  /** Resolves once everything that is here now, and opens, has been read. */
  async settled(): Promise<void> {
    do {
      this.#onChange()
      await this.#reading
    } while (this.#due.length > 0 && this.#missing === null && !this.closing)
  }

  /**
   * As far as there is room: each entry may be a large one. What ends and has brought nothing is asked for again
   * only in a while (`keepOn`): the marks of a damaged store may name what it has not.
   */
  #fetch(): void {
    if (this.#download !== null || this.closing) return
    const { room } = this.#options
    const { contiguousLength: start, length } = this.#core!
    const granted = room.reserve(Math.min(LOOK_AHEAD, Math.max(0, length - start)))
    const expected = start === length && room.share < EXPECTS_BELOW ? 1 : 0
    const end = start + granted + expected
    if (end === start) return
    const download = this.#core!.download({ start, end, linear: true })
    this.#download = download
    const fetched = async (): Promise<void> => {
      await this.settled() // what has come counts before its place is given back
      room.release(granted)
      this.#download = null
      if (this.#core!.contiguousLength > start) this.#fetch()
    }
    download.done().then(fetched, () => {}) // it fails where the core is closed
  }

  /** True where every entry that is known to be there has been read. */
  get #isCurrent(): boolean {
    return this.#next >= this.#core!.length && this.#due.length === 0
  }

  readonly #onChange = (): void => {
    if (this.#reading !== null || this.closing) return
    const before = this.#next
    this.#reading = this.#read().finally(() => {
      this.#reading = null
      this.#news?.check()
      if (this.#next > before) this.#options.onRead?.(this)
      if (this.#hasMore) this.#onChange()
    })
  }

  get #hasMore(): boolean {
    if (this.#missing !== null) return false // `keepOn` looks for it again
    if (this.#due.length > 0 || this.#next < this.#shown.end) return true
    return this.#next < this.#core!.contiguousLength && !this.#shown.isRefuted
  }

  async #read(): Promise<void> {
    while (!this.closing) {
      const isNew = this.#due.length === 0
      const index = this.#due[0] ?? this.#next
      const isClaimed = !isNew || index < this.#core!.contiguousLength
      const block = await this.#blockAt(index)
      this.#missing = block === null && isClaimed ? index : null
      if (block === null) return
      if (isNew) this.#options.room.use(block.byteLength)
      if (isNew) this.#next++
      else this.#due.shift()
      this.#deliver(index, block)
    }
  }

  async #blockAt(index: number): Promise<Uint8Array | null> {
    const core = this.#core!
    const shown = this.#shown.get(index)
    if (shown !== null || index >= core.contiguousLength) return shown
    const isAfter = index >= this.#shown.end
    return isAfter && !(await this.#shown.compare(core)) ? null : this.#blocks!.get(index)
  }

  #deliver(index: number, block: Uint8Array): void {
    try {
      const envelope = envelopeOf(block)
      const { epoch } = envelope
      const keys = this.#options.keyOf(epoch)
      if (keys === null) return pushTo(this.#locked, hex(epoch), index)
      const place = { journal: this.#core!.key, index }
      const opened = openJournalEntry(keys, place, envelope, SCRATCH)
      const isCopied = opened.entry !== null && isPacked(opened.entry.kind)
      this.#tell(epoch, index, isCopied ? opened : openJournalEntry(keys, place, envelope))
    } catch {
      this.skipped++
    }
  }

  #tell(epoch: EpochId, index: number, opened: OpenedEntry): void {
    const { entry, isMuted } = opened
    const { onLine, onWords } = this.#options
    const known = entry && this.#muted.complete(index, entry)
    if (known !== null) return onWords(known)
    const line = this.#lineOf(index, opened)
    if (isMuted) this.#muted.add(epoch, index, line)
    if (line !== null) onLine(line)
  }

  #lineOf(index: number, { entry, outline }: OpenedEntry): JournalLine | null {
    const { slab } = this.#options
    if (entry === null) return null
    if (isPacked(entry.kind)) return new PackedLine(this.#source!, index, outline, slab)
    return { ...this.#source!, index, entry }
  }
}
