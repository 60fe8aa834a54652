// Plays one film in a <video>: from any moment, or at the live edge. Reads the engine's stream, feeds it,
// goes on where the connection broke, over holes, and keeps near the edge. What screens show of it is in
// `view`. Must never: say that it is live when it is behind, or stand still without saying why.

import { signal } from '@preact/signals'
import type { Key, MediaFrame } from '../../../core/api/contract.ts'
import { codeOf } from '../engine/failure.ts'
import { fetchMedia, streamPath } from '../engine/media.ts'
import { FrameReader, type Framed } from '../state/playback/frames.ts'
import { isEnough, overTheHole, rangeAt } from '../state/playback/ranges.ts'
import { canShow, Feed } from './feed.ts'
import { LiveEdge } from './live-edge.ts'

/** Why nothing is shown: a code for words, and what the engine or the browser called it. */
export interface Problem {
  kind: 'unsupported' | 'undecodable' | 'engine'
  detail: string
}

export interface PlayerView {
  /** Film seconds of the picture. */
  at: number
  /** Film seconds of the newest that has come. */
  edge: number
  playing: boolean
  /** The last picture of all is shown. */
  ended: boolean
  /** The film still runs, and everything that is here has been read. */
  live: boolean
  /** Holds itself at the live edge. */
  following: boolean
  waiting: boolean
  problem: Problem | null
  /** The connection broke: it is tried again. */
  lost: boolean
}

const FIRST: PlayerView = {
  ...{ at: 0, edge: 0, playing: false, ended: false, live: false, following: false },
  ...{ waiting: true, problem: null, lost: false }
}
const TICK_MS = 150
const RETRY_MS = 500
/** Fragments between two tidyings: about five seconds. */
const TRIM_EVERY = 20

export class Player {
  readonly view = signal<PlayerView>(FIRST)
  readonly #video: HTMLVideoElement
  readonly #recording: Key
  readonly #feed: Feed
  readonly #edge: LiveEdge
  readonly #timer: ReturnType<typeof setInterval>
  readonly #off = new AbortController()
  #reading = new AbortController()
  #fed = 0
  /** Where the picture has to go once something is there: 'live' is wherever the stream begins. */
  #wanted: number | 'live' | null = null

  constructor(video: HTMLVideoElement, recording: Key) {
    this.#video = video
    this.#recording = recording
    this.#feed = new Feed(video)
    this.#edge = new LiveEdge(video)
    this.#timer = setInterval(() => this.#tick(), TICK_MS)
    const on = (name: string, fn: () => void) =>
      video.addEventListener(name, fn, { signal: this.#off.signal })
    for (const name of ['play', 'pause', 'timeupdate', 'seeked']) on(name, () => this.#tick())
    on('seeking', () => this.#show({ ended: false }))
    on('ended', () => this.#show({ ended: video.ended }))
    on('waiting', () => this.#edge.stalled())
    on('error', () => this.#fail('undecodable', video.error?.message ?? ''))
  }

  /** Begins at that moment, or at the live edge, and plays. */
  start(at: number | 'live'): void {
    this.#edge.following = at === 'live'
    this.#read(at)
    this.play()
  }

  /** Goes on; behind its end it begins again, of which the browser may have kept nothing. */
  play(): void {
    if (this.#video.ended) this.seek(0)
    // A browser may want a tap first: then it stands still, and the button says so.
    void this.#video.play().catch(() => this.#tick())
  }

  pause(): void {
    this.#edge.following = false
    this.#video.pause()
  }

  seek(seconds: number): void {
    this.#edge.following = false
    const to = Math.max(0, seconds)
    if (rangeAt(this.#feed.ranges, to) !== null) this.#video.currentTime = to
    else this.#read(to)
    this.#show({ ended: false })
    this.#tick()
  }

  /** To the newest picture, and with it from now on. */
  follow(): void {
    this.#edge.following = true
    const last = this.#feed.ranges.at(-1)
    const behind = isEnough(this.#feed.ranges, this.#video.currentTime)
    if (!this.view.value.live || behind || last === undefined) this.#read('live')
    else this.#video.currentTime = Math.max(last.start, last.end - this.#edge.wantedSeconds)
    this.play()
  }

  /** Plays a little faster or slower, to stay with other films. */
  set rate(rate: number) {
    if (this.#video.playbackRate !== rate) this.#video.playbackRate = rate
  }

  close(): void {
    clearInterval(this.#timer)
    this.#off.abort()
    this.#reading.abort()
    this.#feed.close()
  }

  #read(at: number | 'live'): void {
    this.#reading.abort()
    this.#reading = new AbortController()
    this.#wanted = at
    if (this.#fed > 0) void this.#feed.clear().catch(() => {})
    if (at !== 'live') {
      this.#video.currentTime = at
      this.#show({ edge: at })
    }
    this.#show({ live: false, problem: null })
    void this.#readOn(at, this.#reading.signal)
  }

  /** Reads to the end of the film; where the connection breaks, again from where it broke. */
  async #readOn(at: number | 'live', signal: AbortSignal): Promise<void> {
    let from = at
    for (;;) {
      try {
        await this.#readOnce(from, signal)
        return
      } catch (err) {
        if (signal.aborted) return
        if (!this.#mayRetry(err)) return
      }
      await pause(RETRY_MS)
      if (signal.aborted) return
      if (this.#fed > 0 && !this.#edge.following) from = this.view.value.edge
    }
  }

  #mayRetry(err: unknown): boolean {
    if (this.view.value.problem !== null) return false
    const { error } = this.#video // which takes nothing more then
    if (error !== null) return this.#fail('undecodable', error.message)
    const code = codeOf(err)
    if (code !== 'ENGINE_GONE' && code !== 'INTERNAL') return this.#fail('engine', code)
    this.#show({ lost: true, live: false })
    return true
  }

  async #readOnce(at: number | 'live', signal: AbortSignal): Promise<void> {
    const answer = await fetchMedia(streamPath(this.#recording, at), signal)
    const frames = new FrameReader()
    const body = answer.body!.getReader()
    let ended = false
    for (;;) {
      const { done, value } = await body.read()
      if (done) break
      this.#show({ lost: false })
      for (const frame of frames.push(value)) {
        ended = frame.header.kind === 'end'
        await this.#take(frame, signal)
      }
    }
    if (!ended) throw new Error('The stream broke off')
  }

  async #take({ header, body }: Framed, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted()
    if (header.kind === 'init') await this.#begin(header.mime, body)
    if (header.kind === 'fragment') await this.#add(header, body, signal)
    if (header.kind === 'edge') this.#show({ live: true })
    if (header.kind === 'end') await this.#end()
  }

  async #begin(mime: string, body: Uint8Array<ArrayBuffer>): Promise<void> {
    if (!canShow(mime)) {
      this.#fail('unsupported', mime)
      throw new Error('This browser cannot show it')
    }
    await this.#feed.init(mime, body)
  }

  async #add(
    header: MediaFrame & { kind: 'fragment' },
    body: Uint8Array<ArrayBuffer>,
    signal: AbortSignal
  ): Promise<void> {
    if (header.continued) return this.#feed.more(body)
    await this.#feed.fragment(body, header.at - header.ptsUs / 1e6, header.key)
    this.#show({ edge: header.at + header.durationUs / 1e6 })
    this.#arrive(header.at)
    if (++this.#fed % TRIM_EVERY === 0) await this.#feed.trim()
    while (!this.#edge.following && isEnough(this.#feed.ranges, this.#video.currentTime)) {
      await pause(TICK_MS)
      signal.throwIfAborted()
    }
  }

  /** The first fragment of a stream: the picture goes to what was asked for. */
  #arrive(at: number): void {
    if (this.#wanted === null) return
    const to = this.#wanted === 'live' ? at : Math.max(at, this.#wanted)
    if (Math.abs(this.#video.currentTime - to) > 0.01) this.#video.currentTime = to
    this.#wanted = null
  }

  async #end(): Promise<void> {
    this.#edge.following = false
    this.#show({ live: false })
    await this.#feed.end()
  }

  #fail(kind: Problem['kind'], detail: string): false {
    this.#show({ problem: { kind, detail } })
    this.#reading.abort()
    return false
  }

  #tick(): void {
    const video = this.#video
    const hole = overTheHole(this.#feed.ranges, video.currentTime)
    if (hole !== null && this.#wanted === null) video.currentTime = hole + 0.01
    this.#edge.keep(this.#feed.ranges)
    this.#show({
      at: video.currentTime,
      playing: !video.paused && !video.ended,
      following: this.#edge.following,
      waiting: !video.paused && video.readyState < HTMLMediaElement.HAVE_FUTURE_DATA
    })
  }

  /** Signals tell of every new object: only what changed makes one. */
  #show(change: Partial<PlayerView>): void {
    const now = this.view.value
    const names = Object.keys(change) as (keyof PlayerView)[]
    if (names.some((name) => now[name] !== change[name])) this.view.value = { ...now, ...change }
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
