// What waits to be taken by the engine, and what it has taken but not yet on its disk. Pure: says what to
// send, is told what was answered. Keeps the last key fragment and what follows even when it is durable:
// where the engine restarts, a new film begins there, decodable from its first picture.
// Must never: give a number to anything but the one item it was given to, as long as a film of the engine
// lasts: frames of an earlier connection may still be read there, and by their numbers alone.

import type { FilmFrame } from '../../../../../core/api/contract.ts'
import { gapsInPlaceOf, mediaUsOf, type Item } from './given-up.ts'

export type { Item } from './given-up.ts'

export interface Outgoing {
  header: FilmFrame
  data: Uint8Array
}

interface Queued extends Item {
  /** Null until it was first sent to this film of the engine; the same ever after. */
  seq: number | null
  /** On its way by this connection, or taken. */
  sent: boolean
  /** The init segment that it needs; null where it brings its own. */
  init: Item | null
}

/** Two to three minutes of 720p: what a page may hold while the engine is away. */
export const MAX_QUEUE_BYTES = 48 * 1024 * 1024

export class UplinkQueue {
  readonly #maxBytes: number
  #items: Queued[] = []
  #init: Item | null = null
  #lastSeq = 0
  #windowBytes = 0
  /** Up to this all is on the disk. */
  #durableSeq = 0
  #hasDurableMedia = false
  #droppedUs = 0
  #needsHead = false
  /** What comes now are bytes of a recorder. */
  #isRecorder = false

  constructor(maxBytes: number = MAX_QUEUE_BYTES) {
    this.#maxBytes = maxBytes
  }

  /** Bytes that the engine has not on its disk. */
  get waitingBytes(): number {
    return sum(this.#items.filter((item) => !this.#isDurable(item)))
  }

  /** Media time that the engine has not on its disk. */
  get waitingSeconds(): number {
    return mediaUsOf(this.#items.filter((item) => !this.#isDurable(item))) / 1e6
  }

  /** All is on the engine's disk, what has no bytes as well. */
  get isEmpty(): boolean {
    return this.#items.every((item) => this.#isDurable(item))
  }

  /** This film of the engine has something to be seen or heard on its disk. */
  get hasDurableMedia(): boolean {
    return this.#hasDurableMedia
  }

  /** Media time that had to be given up: for want of memory, or since no new film could begin with it. */
  get droppedUs(): number {
    return this.#droppedUs
  }

  /** A recorder's bytes can be gone on with only where it begins anew. */
  get needsHead(): boolean {
    return this.#needsHead
  }

  push(item: Item): void {
    if (item.kind === 'init') this.#init = item
    if (item.kind !== 'gap' && item.kind !== 'end') this.#isRecorder = item.kind === 'bytes'
    if (item.kind === 'bytes') this.#needsHead &&= !item.key
    if (item.kind === 'bytes' && this.#needsHead)
      return this.#giveUp([item], this.#items.length, 0, 'memory-full')
    this.#items.push(queued(item, this.#isRecorder ? null : this.#init))
    if (this.waitingBytes > this.#maxBytes) this.#drop()
  }

  /** Another film of the engine, which has nothing yet: it begins where it can be read from. */
  begin(): void {
    this.#windowBytes = 0
    this.#lastSeq = 0
    this.#durableSeq = 0
    this.#hasDurableMedia = false
    const media = this.#items.filter(({ kind }) => kind !== 'init')
    this.#items = media.map((item) => queued(item, item.init))
    this.#giveUpHeadless()
    for (const item of this.#items.splice(0)) this.#again(item)
    const isLast = this.#isRecorder || this.#items.at(-1)?.init === this.#init
    if (!isLast && this.#init !== null) this.#items.push(queued(this.#init, this.#init))
  }

  /**
   * A connection to this film.
   * @param nextSeq what the engine takes next
   * @returns false where the engine counts otherwise: nothing can go into this film any more
   */
  ready(windowBytes: number, nextSeq: number): boolean {
    if (nextSeq > this.#lastSeq + 1 || nextSeq <= this.#durableSeq) return false
    this.#windowBytes = windowBytes
    for (const item of this.#items) item.sent = item.seq !== null && item.seq < nextSeq
    return true
  }

  /** The connection is lost: nothing more goes out. */
  lost(): void {
    this.#windowBytes = 0
  }

  durable(seq: number): void {
    this.#durableSeq = Math.max(this.#durableSeq, Math.min(seq, this.#lastSeq))
    this.#hasDurableMedia ||= this.#items.some(
      (item) => isMedia(item.kind) && this.#isDurable(item)
    )
    const from = this.#placeToKeep()
    this.#items = this.#items.filter((item, index) => index >= from || !this.#isDurable(item))
  }

  /** What may go out now, in order. */
  take(): Outgoing[] {
    const out: Outgoing[] = []
    for (const item of this.#items) {
      if (item.sent) continue
      const room = this.#windowBytes - this.#onTheWay()
      if (room <= 0 || (item.data.byteLength > room && this.#onTheWay() > 0)) break
      item.seq ??= ++this.#lastSeq
      item.sent = true
      out.push({ header: headerOf(item, item.seq), data: item.data })
    }
    return out
  }

  #isDurable({ seq }: Queued): boolean {
    return seq !== null && seq <= this.#durableSeq
  }

  #onTheWay(): number {
    return sum(this.#items.filter((item) => item.sent && !this.#isDurable(item)))
  }

  /** The last durable fragment that a film can begin with. A recorder's bytes would be all since its start. */
  #placeToKeep(): number {
    const media = this.#items.filter((item) => isMedia(item.kind) && this.#isDurable(item))
    const key =
      media.at(-1)?.kind === 'bytes'
        ? -1
        : this.#items.findLastIndex((item) => item.key && this.#isDurable(item))
    return key < 0 ? Infinity : key
  }

  /** Each behind the init segment it needs. */
  #again(item: Queued): void {
    const before = this.#items.at(-1)?.init ?? null
    if (item.init !== null && item.init !== before) this.#items.push(queued(item.init, item.init))
    this.#items.push(item)
  }

  /** A recorder's bytes from before it began anew: nobody could read them without what is gone. */
  #giveUpHeadless(): void {
    const head = this.#items.findIndex(({ kind, key }) => kind === 'bytes' && key)
    if (head < 0) this.#needsHead = this.#isRecorder
    const end = head < 0 ? this.#items.length : head
    const isHeadless = ({ kind }: Item, index: number): boolean => kind === 'bytes' && index < end
    const from = this.#items.findIndex(isHeadless)
    const to = this.#items.findLastIndex(isHeadless) + 1
    if (from >= 0) this.#giveUp(this.#items.slice(from, to), from, to - from, 'engine-away')
  }

  /** Gives up the oldest that never went out, up to a place to go on from, and says so. */
  #drop(): void {
    const from = this.#items.findIndex(({ seq, kind }) => seq === null && isMedia(kind))
    if (from < 0) return
    const next = this.#items.findIndex((item, index) => index > from && item.key)
    if (next < 0 && !this.#isRecorder) return
    this.#needsHead ||= next < 0
    const to = next < 0 ? this.#items.length : next
    this.#giveUp(this.#items.slice(from, to), from, to - from, 'memory-full')
  }

  /** Leaves gaps there, one with those just before, and the newest init segment of what is gone. */
  #giveUp(gone: readonly Item[], at: number, count: number, reason: string): void {
    const before = this.#items[at - 1]
    const open = before?.kind === 'gap' && before.seq === null ? [before] : []
    const { gaps, givenUpUs } = gapsInPlaceOf([...open, ...gone], reason)
    this.#droppedUs += givenUpUs
    const said = gaps.map((gap) => queued(gap, before?.init ?? null))
    const inits = gone.filter(({ kind }) => kind === 'init').slice(-1)
    const next = inits.map((init) => queued(init, init))
    this.#items.splice(at - open.length, count + open.length, ...said, ...next)
  }
}

function queued(item: Item, init: Item | null): Queued {
  return { ...item, seq: null, sent: false, init }
}

function isMedia(kind: Item['kind']): boolean {
  return kind === 'fragment' || kind === 'bytes'
}

function headerOf(item: Item, seq: number): FilmFrame {
  const { kind, mime, capturedAtMs, startUs, endUs, reason = 'unknown' } = item
  if (kind === 'gap') return { kind, seq, fromUs: startUs, toUs: endUs, reason }
  if (kind === 'end') return { kind, seq }
  if (kind === 'init') return mime === undefined ? { kind, seq } : { kind, seq, mime }
  const times = capturedAtMs === undefined ? {} : { capturedAtMs }
  if (kind === 'fragment') return { kind, seq, ...times }
  const head = item.key ? { head: true as const } : {}
  return { kind, seq, ...(mime === undefined ? {} : { mime }), ...times, ...head }
}

function sum(items: readonly Item[]): number {
  return items.reduce((bytes, { data }) => bytes + data.byteLength, 0)
}
