// Media from wherever it comes, as a recorder wants it: the init segment, then fragments, then how it
// ended. Says what is wrong with a source before anything is recorded.

import { TemoinError, systemCode } from '../../core/errors.ts'
import { MediaSplitter } from '../../core/media/splitter.ts'
import type { MediaItem } from '../../core/media/types.ts'
import { plain } from '../output/printable.ts'
import type { ByteStream } from './byte-stream.ts'

/** An input that pauses for so long gives out what it has. */
const IDLE_MS = 300

export type Ending = 'input-ended' | 'input-damaged'

export class MediaSource {
  /** Why it ended, once `next` has returned null. */
  ending: Ending = 'input-ended'
  /** What was wrong with it, for people. */
  damage: string | null = null
  readonly #bytes: ByteStream
  readonly #splitter: MediaSplitter
  readonly #ready: MediaItem[] = []
  #reading: Promise<Uint8Array | null> | null = null
  #ended = false
  #begun = false

  constructor(bytes: ByteStream, mime?: string) {
    this.#bytes = bytes
    this.#splitter = new MediaSplitter(mime === undefined ? {} : { mime })
  }

  /** Where from, for people. */
  get name(): string {
    return this.#bytes.name
  }

  /** True until something that can be recorded has come. */
  get isWaiting(): boolean {
    return !this.#begun
  }

  /**
   * The init segment first, without taking it.
   * @throws TemoinError MEDIA_UNSUPPORTED, MEDIA_DAMAGED, BAD_INPUT where nothing can be recorded
   */
  async begin(): Promise<void> {
    await this.#fill()
    this.#begun = true
  }

  /** The next item, or null at the end; damage is an end. */
  async next(): Promise<MediaItem | null> {
    await this.#fill()
    return this.#ready.shift() ?? null
  }

  close(): void {
    this.#ended = true
    this.#bytes.close()
  }

  async #fill(): Promise<void> {
    while (this.#ready.length === 0 && !this.#ended) {
      try {
        this.#ready.push(...(await this.#more()))
      } catch (err) {
        this.#fail(err)
      }
    }
  }

  async #more(): Promise<MediaItem[]> {
    this.#reading ??= this.#bytes.next()
    const chunk = await withinTime(this.#reading, IDLE_MS)
    if (chunk === 'idle') return this.#begun ? this.#splitter.flush() : []
    this.#reading = null
    return chunk === null ? this.#end() : this.#splitter.push(chunk)
  }

  #end(): MediaItem[] {
    this.#ended = true
    const { items, truncated } = this.#splitter.end()
    if (truncated) this.#damaged('The input ends in the middle of what it had announced')
    return items
  }

  /** Before the first item there is nothing to keep, so it is an error; after it, an end. */
  #fail(err: unknown): void {
    this.#ended = true
    this.#bytes.close()
    if (!this.#begun) throw asInputError(err, this.#bytes.name)
    this.#damaged(err instanceof Error ? err.message : String(err))
  }

  #damaged(why: string): void {
    this.ending = 'input-damaged'
    this.damage = plain(why, 300)
  }
}

async function withinTime<T>(work: Promise<T>, timeoutMs: number): Promise<T | 'idle'> {
  let timer: Timer | null = null
  const late = new Promise<'idle'>((resolve) => {
    timer = setTimeout(() => resolve('idle'), timeoutMs)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}

function asInputError(err: unknown, name: string): unknown {
  const why = UNREADABLE[systemCode(err) ?? '']
  return why === undefined ? err : new TemoinError('BAD_INPUT', `${plain(name, 200)} ${why}`)
}

const REMEDY = 'name a film, or - to read it from stdin'
const UNREADABLE: Record<string, string> = {
  ENOENT: `does not exist: ${REMEDY}`,
  ENOTDIR: `does not exist: ${REMEDY}`,
  EISDIR: `is a folder: ${REMEDY}`,
  EACCES: 'may not be read by you: change its permissions, or name another film',
  EPERM: 'may not be read by you: change its permissions, or name another film',
  EIO: 'cannot be read, its disk fails: copy what can be read of it elsewhere and record that'
}
