// What waits to be taken by the engine, and what it has taken but not yet on its disk. Pure: says what to
// send, is told what was answered. Keeps the last key fragment and what follows even when it is durable:
// where the engine restarts, a new film begins there, decodable from its first picture.

import type { FilmFrame } from '../../../../core/api/contract.ts'

export interface Item {
  kind: FilmFrame['kind']
  data: Uint8Array
  /** A film can begin here. */
  key: boolean
  startUs: number
  endUs: number
  mime?: string
  capturedAtMs?: number
  reason?: string
}

export interface Outgoing {
  header: FilmFrame
  data: Uint8Array
}

interface Queued extends Item {
  /** Null until it was sent. */
  seq: number | null
  /** The init segment that it needs; null where it brings its own. */
  init: Item | null
}

/** Two to three minutes of 720p: what a page may hold while the engine is away. */
export const MAX_QUEUE_BYTES = 48 * 1024 * 1024

export class UplinkQueue {
  readonly #maxBytes: number
  #items: Queued[] = []
  #init: Item | null = null
  #nextSeq = 1
  #windowBytes = 0
  /** Up to this all is on the disk. */
  #durableSeq = 0
  #droppedUs = 0

  constructor(maxBytes: number = MAX_QUEUE_BYTES) {
    this.#maxBytes = maxBytes
  }

  /** Bytes that the engine has not on its disk. */
  get waitingBytes(): number {
    return sum(this.#items.filter(({ seq }) => seq === null || seq > this.#durableSeq))
  }

  /** Media time that the engine has not on its disk. */
  get waitingSeconds(): number {
    const waiting = this.#items.filter((item) => item.kind !== 'init' && !this.#isDurable(item))
    return waiting.reduce((us, { startUs, endUs }) => us + endUs - startUs, 0) / 1e6
  }

  get isEmpty(): boolean {
    return this.waitingBytes === 0
  }

  /** Media time that had to be given up for want of memory. */
  get droppedUs(): number {
    return this.#droppedUs
  }

  push(item: Item): void {
    if (item.kind === 'init') this.#init = item
    this.#items.push({ ...item, seq: null, init: this.#init })
    if (this.waitingBytes > this.#maxBytes) this.#drop()
  }

  /** A connection to a film of the engine. `nextSeq` of 1: it is a new one, and has nothing yet. */
  ready(windowBytes: number, nextSeq: number): void {
    this.#windowBytes = windowBytes
    if (nextSeq === 1) this.#restart()
    this.#nextSeq = nextSeq
    for (const item of this.#items) if (item.seq !== null && item.seq >= nextSeq) item.seq = null
  }

  /** Forgets everything: for a source that must begin anew, since nobody could read its bytes from here. */
  clear(): void {
    this.#items = []
    this.#init = null
  }

  /** The connection is lost: nothing more goes out. */
  lost(): void {
    this.#windowBytes = 0
  }

  durable(seq: number): void {
    this.#durableSeq = Math.max(this.#durableSeq, seq)
    const key = this.#items.findLastIndex((item) => item.key && this.#isDurable(item))
    const from = key < 0 ? Infinity : key
    this.#items = this.#items.filter((item, index) => index >= from || !this.#isDurable(item))
  }

  /** What may go out now, in order. */
  take(): Outgoing[] {
    const out: Outgoing[] = []
    for (const item of this.#items) {
      if (item.seq !== null) continue
      const room = this.#windowBytes - this.#onTheWay()
      if (room <= 0 || (item.data.byteLength > room && this.#onTheWay() > 0)) break
      item.seq = this.#nextSeq++
      out.push({ header: headerOf(item, item.seq), data: item.data })
    }
    return out
  }

  #isDurable({ seq }: Queued): boolean {
    return seq !== null && seq <= this.#durableSeq
  }

  #onTheWay(): number {
    return sum(this.#items.filter((item) => item.seq !== null && !this.#isDurable(item)))
  }

  /** A new film begins with the init segment of what comes first. */
  #restart(): void {
    const media = this.#items.filter(({ kind }) => kind !== 'init')
    this.#items = []
    this.#durableSeq = 0
    for (const item of media) this.#again(item)
    if (this.#init !== null && this.#items.at(-1)?.init !== this.#init) this.#putInit(this.#init)
  }

  #again(item: Queued): void {
    const before = this.#items.at(-1)?.init ?? null
    if (item.init !== null && item.init !== before) this.#putInit(item.init)
    this.#items.push({ ...item, seq: null })
  }

  #putInit(init: Item): void {
    this.#items.push({ ...init, seq: null, init })
  }

  /** Bytes of a recorder can be gone on with nowhere: all that was not sent goes, and it begins anew. */
  #placeToGoOn(from: number): number {
    const isRecorder = this.#items.at(-1)?.kind === 'bytes'
    if (isRecorder) return this.#items.length
    return this.#items.findIndex((item, index) => index > from && item.key)
  }

  /** Gives up the oldest that were not sent, up to a place to go on from, and says so. */
  #drop(): void {
    const from = this.#items.findIndex(({ seq, kind }) => seq === null && kind !== 'init')
    const next = this.#placeToGoOn(from)
    if (from < 0 || next < 0) return
    const gone = this.#items.slice(from, next)
    const [first, last] = [gone[0]!, gone.at(-1)!]
    this.#droppedUs += last.endUs - first.startUs
    const gap: Queued = { ...first, kind: 'gap', data: new Uint8Array(0), key: false, seq: null }
    const inits = gone.filter(({ kind }) => kind === 'init')
    const said = { ...gap, endUs: last.endUs, reason: 'memory-full' }
    this.#items.splice(from, next - from, said, ...inits)
  }
}

function headerOf(item: Item, seq: number): FilmFrame {
  const { kind, mime, capturedAtMs, startUs, endUs, reason = 'unknown' } = item
  if (kind === 'gap') return { kind, seq, fromUs: startUs, toUs: endUs, reason }
  if (kind === 'init') return mime === undefined ? { kind, seq } : { kind, seq, mime }
  const times = capturedAtMs === undefined ? {} : { capturedAtMs }
  if (kind === 'fragment') return { kind, seq, ...times }
  return { kind, seq, ...(mime === undefined ? {} : { mime }), ...times }
}

function sum(items: readonly Item[]): number {
  return items.reduce((bytes, { data }) => bytes + data.byteLength, 0)
}
