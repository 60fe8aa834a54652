// Fragmented MP4 or WebM, in whatever pieces it arrives, cut into recording entries at the
// container's own boundaries. Pure: no clock, no file, no timer. Must never change, drop or reorder
// a byte: init and fragments put together are the input, up to the damage if there is any.
//
// Written here because nothing else keeps that promise in a stream, in Bare as in Node: mp4box 2.4.1
// knows no WebM and writes segments of its own, mediabunny 1.61 writes files of its own and does not
// load under Bare, ebml-stream 1.0.3 needs Node's streams and hands out tags instead of bytes. Only
// boundaries and times are needed, and those are a few boxes.
//
// Damage: push() first returns everything whole before it; the error is thrown by the call after
// (`failure` tells at once). A call that has nothing whole to return throws directly.

import { TemoinError } from '../errors.ts'
import { Assembler, type ContainerReader } from './assembler.ts'
import { damaged } from './bytes.ts'
import { Mp4Reader } from './mp4/reader.ts'
import { sniff, SNIFF_BYTES } from './sniff.ts'
import { FRAGMENT_MS, MAX_WHOLE_FRAGMENT_BYTES, type MediaItem } from './types.ts'
import { WebmReader } from './webm/reader.ts'

// A file pushed at once is taken in slices, so that it is not held twice.
const SLICE_BYTES = 1024 * 1024

export interface MediaSplitterOptions {
  /** What the source says it is; the bytes decide, this only fills in codecs they do not tell. */
  mime?: string
  /** @default 16 MiB */
  maxFragmentBytes?: number
  /** Shorter fragments are gathered to about this length; 0 hands on each by itself. @default 250 */
  fragmentMs?: number
}

export interface MediaEnd {
  items: MediaItem[]
  /** Bytes of a fragment that was never finished. */
  leftoverBytes: number
  /** The input stopped inside something it had announced, with or without leftover bytes. */
  truncated: boolean
}

export class MediaSplitter {
  /** Why nothing more will come, as soon as it is known. */
  failure: TemoinError | null = null
  #assembler: Assembler
  #mime: string | null
  #reader: ContainerReader | null = null
  #ended = false

  constructor(options: MediaSplitterOptions = {}) {
    const { mime, maxFragmentBytes = MAX_WHOLE_FRAGMENT_BYTES, fragmentMs = FRAGMENT_MS } = options
    this.#mime = mime ?? null
    this.#assembler = new Assembler({ maxFragmentBytes, targetUs: fragmentMs * 1000 })
  }

  /** Bytes that were pushed and not handed out yet: of something that is not whole, or of a group. */
  get heldBytes(): number {
    return this.#assembler.queue.length
  }

  /**
   * Returns what has become whole. Throws MEDIA_UNSUPPORTED for a format that is not recorded, and
   * MEDIA_DAMAGED as told above.
   */
  push(chunk: Uint8Array): MediaItem[] {
    this.#check()
    return this.#run(() => {
      for (let offset = 0; offset < chunk.byteLength; offset += SLICE_BYTES) {
        this.#assembler.queue.push(chunk.subarray(offset, offset + SLICE_BYTES))
        this.#read(false)
      }
    })
  }

  /** Gives out what is whole without waiting for 250 ms of it: for a live input that has paused. */
  flush(): MediaItem[] {
    this.#check()
    return this.#run(() => this.#assembler.flush())
  }

  /** End of input. Throws as push() does. */
  end(): MediaEnd {
    this.#check()
    this.#ended = true
    const items = this.#run(() => this.#finish())
    const leftoverBytes = this.#assembler.queue.length
    return { items, leftoverBytes, truncated: leftoverBytes > 0 || this.#reader!.unfinished }
  }

  #check(): void {
    if (this.failure) throw this.failure
    if (this.#ended) throw new TemoinError('BAD_STATE', 'The media has ended: open a new splitter')
  }

  #run(work: () => void): MediaItem[] {
    try {
      work()
    } catch (err) {
      this.#fail(err)
    }
    const items = this.#assembler.drain()
    if (this.failure && items.length === 0) throw this.failure
    return items
  }

  #read(ended: boolean): void {
    this.#reader ??= this.#open(ended)
    while (this.#reader?.step());
  }

  #open(ended: boolean): ContainerReader | null {
    const start = this.#assembler.queue.view(SNIFF_BYTES)
    if (start.byteLength < SNIFF_BYTES && !ended) return null
    if (sniff(start) === 'mp4') return new Mp4Reader(this.#assembler, this.#mime)
    return new WebmReader(this.#assembler, this.#mime)
  }

  #finish(): void {
    this.#read(true)
    if (this.#assembler.main === null) throw damaged('the input ends inside its header')
    this.#assembler.finish()
  }

  #fail(err: unknown): void {
    if (!TemoinError.is(err)) throw err
    this.#assembler.flush()
    this.failure = err.code === 'MEDIA_DAMAGED' ? this.#located(err) : err
  }

  #located(err: TemoinError): TemoinError {
    const at = this.#assembler.queue.position
    const message = `The media is damaged at byte ${at}: ${err.message}. What came before is kept`
    return new TemoinError('MEDIA_DAMAGED', message)
  }
}
