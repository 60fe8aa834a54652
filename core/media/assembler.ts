// Turns what a container reader has understood into items. Owns every cut and every size limit;
// knows no container. The queue's head holds the gathered group, then the unit being read:
//
//   | group: whole units | unit so far | not understood yet |
//   head                               scanned

import { MAX_INIT_BYTES } from '../limits.ts'
import { ByteQueue } from './byte-queue.ts'
import { damaged } from './bytes.ts'
import { closesAfter, closesBefore, extend, type Group, type Span, type Unit } from './grouping.ts'
import type { Track } from './tracks.ts'
import { unsupported } from './unsupported.ts'
import type { MediaDescription, MediaItem } from './types.ts'

/** Reads one container. `step` understands one box or element, false when it needs more bytes. */
export interface ContainerReader {
  step(): boolean
  /** The input ends here although what was announced has not all come. */
  readonly unfinished: boolean
}

export interface AssemblerOptions {
  targetUs: number
  maxFragmentBytes: number
}

const NO_MEDIA: Unit = { spans: [], opens: false, access: false }

export class Assembler {
  readonly queue = new ByteQueue()
  /** The unit holds something that must not be parted from what follows (a moof from its mdat). */
  pinned = false
  main: Track | null = null
  #options: AssemblerOptions
  #items: MediaItem[] = []
  #group: Group | null = null
  #groupBytes = 0
  #endUs = 0

  constructor(options: AssemblerOptions) {
    this.#options = options
  }

  /**
   * To be asked before waiting for the next `bytes` of the unit: refuses what is too large, and lets
   * go of what would make it so.
   */
  claim(bytes: number): void {
    const max = this.#options.maxFragmentBytes
    if (bytes > max) throw damaged(`a piece claims ${bytes} bytes, more than the ${max} allowed`)
    if (this.main === null) return this.#claimInit(bytes)
    if (this.#unitBytes + bytes > max) this.#dropOverfull(max)
    if (this.queue.scanned + bytes > max) this.flush()
  }

  /** What has been read since the last cut is an init segment. */
  finishInit(description: MediaDescription, main: Track): void {
    this.flush()
    if (this.queue.scanned > MAX_INIT_BYTES) throw unsupported('large')
    this.main = main
    this.#endUs = 0
    this.#items.push({ kind: 'init', description, data: this.queue.take(this.queue.scanned) })
  }

  /** What has been read since the last unit is a whole one. */
  finishUnit(unit: Unit): void {
    const policy = { targetUs: this.#options.targetUs, main: this.main!.id }
    if (this.#group && closesBefore(this.#group, unit, policy)) this.flush()
    this.#group = extend(this.#group, unit)
    this.#groupBytes = this.queue.scanned
    this.pinned = false
    if (closesAfter(this.#group, unit, policy)) this.flush()
  }

  /** Closes the entry being gathered, however short. */
  flush(): void {
    if (!this.#group) return
    const fragment = { ...this.#timing(this.#group), data: this.queue.take(this.#groupBytes) }
    this.#items.push({ kind: 'fragment', fragment })
    this.#endUs = Math.max(this.#endUs, fragment.ptsUs + fragment.durationUs)
    this.#group = null
    this.#groupBytes = 0
  }

  /** End of input: an index, tags or an empty cluster go with the last entry, or by themselves. */
  finish(): void {
    if (this.main !== null && !this.pinned && this.#unitBytes > 0) this.finishUnit(NO_MEDIA)
    this.flush()
  }

  drain(): MediaItem[] {
    const items = this.#items
    this.#items = []
    return items
  }

  get #unitBytes(): number {
    return this.queue.scanned - this.#groupBytes
  }

  #claimInit(bytes: number): void {
    if (this.queue.scanned + bytes > MAX_INIT_BYTES) throw unsupported('large')
  }

  // Boxes that carry no media may be cut anywhere; a moof may not.
  #dropOverfull(max: number): void {
    if (this.pinned) throw damaged(`a fragment claims more than the ${max} bytes allowed`)
    this.finishUnit(NO_MEDIA)
    this.flush()
  }

  #timing(group: Group): { ptsUs: number; durationUs: number; key: boolean } {
    const main = group.extents.get(this.main!.id)
    const first: Span | undefined = main ?? group.extents.values().next().value
    const durationUs = main ? main.endUs - main.startUs : 0
    const key = group.opens && main !== undefined && (main.key || this.main!.kind !== 'video')
    return { ptsUs: first ? first.startUs : this.#endUs, durationUs, key }
  }
}
