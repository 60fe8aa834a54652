// A film as frames: from the key fragment at or before a moment on, through its parts, live until its end.
// One is read when the one before has left, so a slow watcher costs one fragment of memory.
// Must never: put anything but a key fragment behind something that is missing.

import b4a from 'b4a'
import z32 from 'z32'
import type { Device } from '../../device.ts'
import { Playback } from '../../device/playback.ts'
import type { Played } from '../../device/playback.ts'
import type { Replica } from '../../replica/replica.ts'
import type { MediaFrame } from '../contract.ts'
import type { RecordingViews } from '../host/views/recording-views.ts'

/** The next part of a film is announced at once. */
const NEXT_PART_MS = 5000
const LOOK_MS = 50

export interface FilmPiece {
  header: MediaFrame
  body: Uint8Array
}

export interface FilmStreamOptions {
  device: Device
  views: RecordingViews
  first: Replica
  /** From the start of that recording's film; Infinity: the newest. */
  atSeconds: number
}

const NOTHING = new Uint8Array(0)

export class FilmStream {
  readonly #options: FilmStreamOptions
  #init: Uint8Array | null = null
  #playback: Playback | null = null
  #isClosed = false
  /** A piece is missing: nothing is given until the next key. */
  #needsKey = false

  constructor(options: FilmStreamOptions) {
    this.#options = options
  }

  /** Whoever waits, waits no longer. */
  close(): void {
    this.#isClosed = true
    this.#playback?.stop()
  }

  async *pieces(): AsyncGenerator<FilmPiece> {
    let { part, atSeconds } = this.#start()
    for (;;) {
      yield* this.#part(part, atSeconds)
      if (this.#isClosed) return
      const next = part.endReason === 'rotated' ? await this.#next(part) : null
      if (next === null) break
      part = next
      atSeconds = 0
    }
    yield {
      header: { kind: 'end', recording: textOf(part), reason: part.endReason },
      body: NOTHING
    }
  }

  /** The part in which that moment is. */
  #start(): { part: Replica; atSeconds: number } {
    const { first, atSeconds } = this.#options
    const parts = this.#options.views.groupOf(first.key)?.parts ?? [first]
    let left = atSeconds
    for (const part of parts.slice(0, -1)) {
      const seconds = part.seconds ?? 0
      if (left < seconds) return { part, atSeconds: left }
      left -= seconds
    }
    return { part: parts.at(-1)!, atSeconds: left }
  }

  async *#part(part: Replica, atSeconds: number): AsyncGenerator<FilmPiece> {
    const playback = new Playback(part)
    this.#playback = playback
    try {
      await playback.open()
      yield* this.#initOf(part, playback)
      const from = this.#fromSeconds(part)
      for await (const played of playback.from(await playback.startAt(atSeconds))) {
        const piece = this.#piece(part, from, played)
        if (piece !== null) yield piece
        if (this.#isClosed) return
      }
    } finally {
      await playback.close()
    }
  }

  *#initOf(part: Replica, { init, mime }: Playback): Generator<FilmPiece> {
    if (this.#init !== null && b4a.equals(this.#init, init)) return
    this.#init = init
    yield { header: { kind: 'init', recording: textOf(part), mime }, body: init }
  }

  #piece(part: Replica, fromSeconds: number, played: Played): FilmPiece | null {
    const recording = textOf(part)
    const { index } = played
    const at = fromSeconds + part.timeline.secondsAt(index)
    if (played.kind === 'edge') return { header: { kind: 'edge', recording, at }, body: NOTHING }
    if (played.kind === 'closed') return this.#gap(recording, at, 'closed')
    const { entry } = played
    if (entry.kind === 'gap') return this.#gap(recording, at, entry.body.reason)
    if (entry.kind !== 'fragment') return null
    const { ptsUs, durationUs, key, continued, data } = entry.body
    if (this.#needsKey && !key) return null
    this.#needsKey = false
    const times = { ptsUs, durationUs, key, continued, at }
    return { header: { kind: 'fragment', recording, index, ...times }, body: data }
  }

  #gap(recording: string, at: number, reason: string): FilmPiece {
    this.#needsKey = true
    return { header: { kind: 'gap', recording, at, reason }, body: NOTHING }
  }

  /** Media time of the parts before. */
  #fromSeconds(part: Replica): number {
    const parts = this.#options.views.groupOf(part.key)?.parts ?? []
    let sum = 0
    for (const one of parts) {
      if (one === part) return sum
      sum += one.seconds ?? 0
    }
    return 0
  }

  /** What goes on from this part, once it is known. */
  async #next(part: Replica): Promise<Replica | null> {
    for (let waitedMs = 0; waitedMs < NEXT_PART_MS && !this.#isClosed; waitedMs += LOOK_MS) {
      const next = this.#after(part)
      if (next !== null && next.length > 0) return next
      await new Promise<void>((resolve) => void setTimeout(resolve, LOOK_MS))
    }
    return null
  }

  #after({ key, announced }: Replica): Replica | null {
    for (const { replicas } of this.#options.device.circles) {
      const found = replicas.find(
        (one) =>
          one.announced.previous !== null &&
          b4a.equals(one.announced.previous, key) &&
          b4a.equals(one.announced.author, announced.author)
      )
      if (found) return found
    }
    return null
  }
}

function textOf({ key }: Replica): string {
  return z32.encode(key)
}
