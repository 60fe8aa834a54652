// Links on which nothing comes back. After a dead zone UDX sends again only every two seconds, so a line
// may have been back for that long before anything passes. On a silent link we ask, in datagrams beside
// the stream, whether the other end is there; once it is, one of the two dials the other anew, and the
// fresh link takes the place of the old one. Where one end was merely late, the link is as good as any other.
// Must never: close a link, or dial while nothing is heard; a line that is only slow gets through by itself.

import b4a from 'b4a'
import { Beat, latenessMs, strainMs } from '../../runtime/beat.ts'
import type { StreamLink } from '../stream/stream-link.ts'

/** Something unanswered for so long, and nothing heard: time to look more closely. */
const QUIET_MS = 400
/** While a link is quiet, and while none is. */
const ALERT_EVERY_MS = 100
const CALM_EVERY_MS = 500
/** Something unanswered for so long, and nothing heard: longer than a lossy line takes. */
const SILENT_MS = 1500
/** However often the other end asks: a fresh link is given this long to show what it can do. */
const FRESH_MS = 3000
/** Late by so much itself, a device takes no other for dead: dialling is work, and would make it later. */
const LATE_MS = 250

const ASK = b4a.from([0])
/** It is there, and was all the time: the line was dead. */
const HERE = b4a.from([1])
/** It is there, and late: so was the answer that was waited for. */
const LATE = b4a.from([2])

export interface SilenceFacts {
  /** For how long what was sent has been waiting for an answer, with nothing heard meanwhile, ms. */
  unansweredMs: number
  rttMs: number
}

/** True where it is time to look closely: some answers are late. Pure. */
export function isQuiet({ unansweredMs }: SilenceFacts): boolean {
  return unansweredMs >= QUIET_MS
}

/** True where a line is dead, or was until a moment ago. Pure. */
export function isSilent({ unansweredMs, rttMs }: SilenceFacts): boolean {
  return unansweredMs > SILENT_MS + 4 * rttMs
}

export interface RevivalOptions {
  links: () => StreamLink[]
  /** Dials the device at the other end anew, where it is now, unless that is under way. */
  redial: (link: StreamLink) => void
  /** True where this end is the one of the two that dials. */
  dials: (link: StreamLink) => boolean
  steadyMs: () => number
  /** By how much this process itself is late. @default that of its beat, now or on average */
  lateMs?: () => number
}

/** What was heard on one link. */
interface Hearing {
  sinceMs: number
  packets: number
  /** When something was first seen to wait for an answer; null where nothing does, or something was heard since. */
  waitsSinceMs: number | null
  /** Asked, and not answered since. */
  asking: boolean
}

export class Revival {
  readonly #options: RevivalOptions
  readonly #hearings = new WeakMap<StreamLink, Hearing>()
  readonly #beat = new Beat(CALM_EVERY_MS, () => this.#look())
  #soon: Timer | null = null

  constructor(options: RevivalOptions) {
    this.#options = options
  }

  start(): void {
    this.#beat.start()
  }

  stop(): void {
    this.#beat.stop()
    clearTimeout(this.#soon)
  }

  /** From now on whoever asks on this link is answered, and whoever answers is noticed. */
  add(link: StreamLink): void {
    const { packetsHeard: packets } = link
    const sinceMs = this.#options.steadyMs()
    const hearing: Hearing = { sinceMs, packets, waitsSinceMs: null, asking: false }
    this.#hearings.set(link, hearing)
    link.stream.on('message', (message: Uint8Array) => this.#onMessage(link, hearing, message))
  }

  #onMessage(link: StreamLink, hearing: Hearing, message: Uint8Array): void {
    const wasAsking = hearing.asking
    const isAsked = b4a.equals(message, ASK)
    hearing.asking = false
    this.#listen(link, hearing)
    if (isAsked) link.stream.trySend(this.#isLate ? LATE : HERE)
    if (isAsked || (wasAsking && b4a.equals(message, HERE))) this.#redial(link, hearing)
  }

  #look(): void {
    let isAlert = false
    for (const link of this.#options.links()) {
      const hearing = this.#hearings.get(link)
      if (hearing && this.#ask(link, hearing)) isAlert = true
    }
    clearTimeout(this.#soon)
    if (isAlert) this.#soon = setTimeout(() => this.#look(), ALERT_EVERY_MS)
  }

  /** Asks on a silent link, unless nothing may have been heard for being late. @returns true where it is quiet */
  #ask(link: StreamLink, hearing: Hearing): boolean {
    this.#listen(link, hearing)
    const facts = { unansweredMs: this.#unansweredMs(link, hearing), rttMs: link.rttMs }
    if (isSilent(facts) && !this.#isLate) {
      hearing.asking = true
      link.stream.trySend(ASK)
    }
    return isQuiet(facts)
  }

  /** A link that had nothing to say for a minute has not been left without an answer for a minute. */
  #unansweredMs({ inFlight }: StreamLink, hearing: Hearing): number {
    const nowMs = this.#options.steadyMs()
    hearing.waitsSinceMs = inFlight === 0 ? null : (hearing.waitsSinceMs ?? nowMs)
    return nowMs - (hearing.waitsSinceMs ?? nowMs)
  }

  /** Looks whether anything came in since the last look: then the answer can come as well. */
  #listen(link: StreamLink, hearing: Hearing): void {
    if (hearing.packets === link.packetsHeard) return
    hearing.packets = link.packetsHeard
    hearing.waitsSinceMs = null
    if (hearing.asking) link.stream.trySend(ASK)
  }

  #redial(link: StreamLink, { sinceMs }: Hearing): void {
    if (link.closed || !this.#options.dials(link) || this.#isLate) return
    if (this.#options.steadyMs() - sinceMs >= FRESH_MS) this.#options.redial(link)
  }

  get #isLate(): boolean {
    const { lateMs = (): number => Math.max(latenessMs(), strainMs()) } = this.#options
    return lateMs() > LATE_MS
  }
}
