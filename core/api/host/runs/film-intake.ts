// What a page captures, on its way into a film: frames in, items of media out, each in its turn; and the word
// back once all of it is durably on this disk.
// Must never: believe what a page says of its media; the bytes are read, and tell by themselves. Nor answer for
// bytes that are in no entry yet: a recorder's are cut anywhere, and wait for the rest of theirs in memory.

import { TemoinError } from '../../../errors.ts'
import type { Film } from '../../../filming/film.ts'
import { MediaSplitter } from '../../../media/splitter.ts'
import type { MediaItem } from '../../../media/types.ts'
import type { FilmFrame } from '../../contract.ts'

/** A word, not a story. */
const MAX_REASON_CHARS = 200
const LOOK_MS = 20

export interface FilmIntakeOptions {
  film: Film
  /** Everything up to `seq` is in the film, durably on this disk. */
  onDurable: (seq: number) => void
  /** Nothing more can be taken. */
  onFailure: (err: unknown) => void
}

export class FilmIntake {
  readonly #options: FilmIntakeOptions
  #splitter: MediaSplitter | null = null
  #queue: Promise<void> = Promise.resolve()
  #failed = false
  #taken = 0
  /** The newest that came, taken yet or not. */
  #came = 0
  #durable = 0
  #isSyncing = false
  /** The newest frames, the oldest first: of each of them something may still be in the splitter. */
  readonly #inside: { seq: number; bytes: number }[] = []

  constructor(options: FilmIntakeOptions) {
    this.#options = options
  }

  /** The number the next frame should have: what was taken is not sent again. */
  get nextSeq(): number {
    return this.#taken + 1
  }

  /** Everything up to there is durably on this disk; 0 for nothing. */
  get durableSeq(): number {
    return this.#durable
  }

  /** A frame has come: false where another before it has not, which taking this one would lose for good. */
  comes({ seq }: FilmFrame): boolean {
    if (seq > this.#came + 1) return false
    this.#came = Math.max(this.#came, seq)
    return true
  }

  /** Resolves when the film has it, or nobody takes any more; one after the other. */
  take(frame: FilmFrame, body: Uint8Array): Promise<void> {
    this.#queue = this.#queue
      .then(() => this.#takeNext(frame, body))
      .catch((err) => this.#fail(err))
    return this.#queue
  }

  /** Resolves when frame `seq` has been taken, or nothing more will be, or it has not come in time. */
  async reached(seq: number, timeoutMs: number): Promise<void> {
    for (let waitedMs = 0; waitedMs < timeoutMs; waitedMs += LOOK_MS) {
      await this.#queue
      if (this.#taken >= seq || this.#failed) return
      await new Promise<void>((resolve) => void setTimeout(resolve, LOOK_MS))
    }
  }

  /** Nothing more comes: what was gathered of an unfinished entry goes into the film. */
  finish(): Promise<void> {
    this.#queue = this.#queue.then(() => this.#flush()).catch((err) => this.#fail(err))
    return this.#queue
  }

  async #flush(): Promise<void> {
    if (this.#splitter !== null && !this.#failed && this.#splitter.failure === null)
      await this.#film(this.#splitter.flush())
  }

  async #takeNext(frame: FilmFrame, body: Uint8Array): Promise<void> {
    if (this.#failed || frame.seq <= this.#taken) return // sent again after a cut
    await this.#give(frame, body)
    this.#taken = frame.seq
    this.#inside.push({ seq: frame.seq, bytes: body.byteLength })
    this.#letGo()
    void this.#sync()
  }

  /** Forgets frames of which nothing is in the splitter any more: what is held there came last. */
  #letGo(): void {
    const held = this.#splitter?.heldBytes ?? 0
    let since = this.#inside.reduce((sum, { bytes }) => sum + bytes, 0)
    while (this.#inside.length > 0 && since - this.#inside[0]!.bytes >= held) {
      since -= this.#inside.shift()!.bytes
    }
  }

  /** All up to there is in the film. */
  get #filmed(): number {
    const [first] = this.#inside
    return first === undefined ? this.#taken : first.seq - 1
  }

  async #give(frame: FilmFrame, body: Uint8Array): Promise<void> {
    const { film } = this.#options
    switch (frame.kind) {
      case 'init':
        this.#splitter = new MediaSplitter({ ...mimeOf(frame), fragmentMs: 0 })
        return this.#film(this.#splitter.push(body))
      case 'fragment':
        if (this.#splitter === null) throw noInit()
        return this.#film([...this.#splitter.push(body), ...this.#splitter.flush()])
      case 'bytes':
        if (frame.head === true) await this.#endRecorder()
        this.#splitter ??= new MediaSplitter(mimeOf(frame))
        return this.#film(this.#splitter.push(body))
      case 'end':
        return this.#endRecorder()
      case 'gap':
        return film.say({
          kind: 'gap',
          body: { ...spanOf(frame), reason: String(frame.reason).slice(0, MAX_REASON_CHARS) }
        })
      default:
        throw new TemoinError('BAD_INPUT', 'This kind of frame is not known here')
    }
  }

  /** What a recorder had begun and not finished is part of nothing. */
  async #endRecorder(): Promise<void> {
    await this.#flush()
    this.#splitter = null
    this.#letGo()
  }

  async #film(items: MediaItem[]): Promise<void> {
    const { film } = this.#options
    for (const item of items) {
      if (item.kind === 'init') await film.begin(item.description, item.data)
      else await film.fragment(item.fragment)
    }
  }

  /** One sync of the disk at a time: it covers all that was taken before it began. */
  async #sync(): Promise<void> {
    if (this.#isSyncing) return
    this.#isSyncing = true
    try {
      while (this.#durable < this.#filmed && !this.#failed) {
        const seq = this.#filmed
        await this.#options.film.durable()
        this.#durable = seq
        this.#options.onDurable(seq)
      }
    } catch (err) {
      this.#fail(err)
    } finally {
      this.#isSyncing = false
    }
  }

  #fail(err: unknown): void {
    if (this.#failed) return
    this.#failed = true
    this.#options.onFailure(err)
  }
}

function mimeOf({ mime }: { mime?: string }): { mime?: string } {
  return typeof mime === 'string' && /^(video|audio)\/[\w.;=," +-]{1,200}$/.test(mime)
    ? { mime }
    : {}
}

function spanOf({ fromUs, toUs }: { fromUs: number; toUs: number }) {
  if (Number.isSafeInteger(fromUs) && Number.isSafeInteger(toUs) && toUs >= fromUs)
    return { fromUs, toUs }
  throw new TemoinError('BAD_INPUT', 'A gap needs the media time it begins and ends at')
}

function noInit(): TemoinError {
  return new TemoinError('BAD_STATE', 'Media came before its init segment')
}
