// One SourceBuffer, fed in order: each step waits for the one before. Times in it are film seconds,
// whatever times the media of a part begins with. Must never: be fed across a missing fragment with
// anything but a key fragment (the engine sees to that), or keep more than the browser has room for.

import { toRemove, type Range } from '../state/playback/ranges.ts'

/** Before the film's length is known, so that any moment of it can be asked for. */
const LONG_SECONDS = 1e6
/** Below this a changed offset is rounding. */
const OFFSET_SECONDS = 0.005

/** iPhones have only the managed one. */
const Source: typeof MediaSource | undefined =
  (globalThis as { ManagedMediaSource?: typeof MediaSource }).ManagedMediaSource ??
  globalThis.MediaSource

/** Whether this browser says that it can show such media. */
export function canShow(mime: string): boolean {
  return Source?.isTypeSupported(mime) ?? false
}

export class Feed {
  readonly #video: HTMLVideoElement
  readonly #source: MediaSource
  readonly #opened: Promise<void>
  readonly #url: string
  #buffer: SourceBuffer | null = null
  #mime = ''
  #last: Promise<void> = Promise.resolve()

  /** @throws where this browser can play no live media at all */
  constructor(video: HTMLVideoElement) {
    if (Source === undefined) throw new Error('No MediaSource')
    this.#video = video
    this.#source = new Source()
    this.#opened = new Promise((resolve) =>
      this.#source.addEventListener('sourceopen', () => resolve(), { once: true })
    )
    this.#url = URL.createObjectURL(this.#source)
    video.disableRemotePlayback = true
    video.src = this.#url
  }

  /** Nothing once it is closed, or the browser gave the media up: its buffer may not be asked then. */
  get ranges(): Range[] {
    if (this.#buffer === null || this.#source.readyState === 'closed') return []
    const { buffered } = this.#buffer
    return Array.from({ length: buffered.length }, (_, i) => ({
      start: buffered.start(i),
      end: buffered.end(i)
    }))
  }

  /** What follows is media of this kind. */
  init(mime: string, bytes: BufferSource): Promise<void> {
    return this.#then(async () => {
      await this.#opened
      if (this.#buffer === null) {
        this.#source.duration = LONG_SECONDS
        this.#buffer = this.#source.addSourceBuffer(mime)
      } else if (mime !== this.#mime) {
        this.#buffer.changeType(mime)
      }
      this.#mime = mime
      await this.#append(bytes)
    })
  }

  /** More of the fragment before it. */
  more(bytes: BufferSource): Promise<void> {
    return this.#then(() => this.#append(bytes))
  }

  /**
   * @param offset film seconds minus media seconds of this fragment
   * @param key it begins with a key picture. Others may be the rest of a WebM cluster, which can be read only
   *   behind its beginning: they keep the offset of that
   */
  fragment(bytes: BufferSource, offset: number, key: boolean): Promise<void> {
    return this.#then(async () => {
      const buffer = this.#buffer!
      if (key && Math.abs(buffer.timestampOffset - offset) > OFFSET_SECONDS) {
        buffer.abort() // ends the coded frame group: an offset changes only between groups
        buffer.timestampOffset = offset
      }
      await this.#append(bytes).catch((err: Error) => this.#inLessRoom(err, bytes))
    })
  }

  /** Throws away what is long past. */
  trim(): Promise<void> {
    return this.#then(() => this.#remove(false))
  }

  /** Forgets all of it: what comes next is from elsewhere in the film. */
  clear(): Promise<void> {
    return this.#then(async () => {
      if (this.#buffer === null) return
      if (this.#source.readyState === 'open') this.#buffer.abort() // refused behind the end
      this.#buffer.remove(0, LONG_SECONDS)
      await this.#updated()
    })
  }

  /** Nothing more comes behind what was fed. */
  end(): Promise<void> {
    return this.#then(async () => {
      if (this.#source.readyState === 'open') this.#source.endOfStream()
    })
  }

  close(): void {
    URL.revokeObjectURL(this.#url)
    this.#video.removeAttribute('src')
    this.#video.load()
  }

  #then(step: () => Promise<void>): Promise<void> {
    this.#last = this.#last.catch(() => {}).then(step)
    return this.#last
  }

  async #inLessRoom(err: Error, bytes: BufferSource): Promise<void> {
    if (err.name !== 'QuotaExceededError') throw err
    await this.#remove(true)
    await this.#append(bytes)
  }

  async #remove(pressed: boolean): Promise<void> {
    for (const { start, end } of toRemove(this.ranges, this.#video.currentTime, pressed)) {
      this.#buffer!.remove(start, end)
      await this.#updated()
    }
  }

  async #append(bytes: BufferSource): Promise<void> {
    this.#buffer!.appendBuffer(bytes)
    await this.#updated()
  }

  #updated(): Promise<void> {
    const buffer = this.#buffer!
    return new Promise((resolve, reject) => {
      const done = (finish: () => void) => () => {
        buffer.removeEventListener('updateend', onEnd)
        buffer.removeEventListener('error', onError)
        finish()
      }
      const onEnd = done(resolve)
      const onError = done(() => reject(new Error('The browser could not read this media')))
      buffer.addEventListener('updateend', onEnd)
      buffer.addEventListener('error', onError)
    })
  }
}
