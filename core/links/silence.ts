// Links on which nothing comes back. After a dead zone UDX waits for its own timer, which doubles with
// every try: seconds after ten of them, half a minute after a tunnel. So a device whose link is silent
// is dialled again meanwhile; whichever is first, the old link or the new one, carries on.
// Must never: close a link; a line that is only slow gets through by itself.

import type { StreamLink } from './stream-link.ts'

const EVERY_MS = 250
/** Nothing heard for so long, with something unanswered: on a lossy line that never lasts so long. */
const SILENT_MS = 2000
/** After a return the next dial should not be far: short, and one after another. */
const REDIAL_MS = 400
/** A handshake and what leads to it take a few round trips. */
const REDIAL_ROUND_TRIPS = 6
/** Redials under way at once. */
const MAX_PARALLEL = 6

export interface LinkFacts {
  /** Since anything was heard, ms. */
  unheardMs: number
  /** Bytes sent and not acknowledged. */
  inFlight: number
  rttMs: number
}

/** True where a line is dead, or was until a moment ago. Pure. */
export function isSilent({ unheardMs, inFlight, rttMs }: LinkFacts): boolean {
  return inFlight > 0 && unheardMs > SILENT_MS + 4 * rttMs
}

export interface SilenceWatchOptions {
  links: () => StreamLink[]
  /** Dials the device at the other end once more; resolves when that is over. */
  redial: (link: StreamLink, timeoutMs: number) => Promise<unknown>
  now: () => number
}

export class SilenceWatch {
  readonly #options: SilenceWatchOptions
  readonly #heard = new WeakMap<StreamLink, { packets: number; atMs: number }>()
  readonly #redialled = new Set<StreamLink>()
  #timer: Timer | null = null

  constructor(options: SilenceWatchOptions) {
    this.#options = options
  }

  start(): void {
    this.#timer = setInterval(() => this.#look(), EVERY_MS)
  }

  stop(): void {
    clearInterval(this.#timer)
  }

  #look(): void {
    for (const link of this.#options.links()) {
      const unheardMs = this.#unheardMs(link)
      if (!isSilent({ unheardMs, inFlight: link.inFlight, rttMs: link.rttMs })) continue
      if (this.#redialled.has(link) || this.#redialled.size >= MAX_PARALLEL) continue
      this.#redialled.add(link)
      const timeoutMs = REDIAL_MS + REDIAL_ROUND_TRIPS * link.rttMs
      const done = (): boolean => this.#redialled.delete(link)
      this.#options.redial(link, timeoutMs).then(done, done)
    }
  }

  #unheardMs(link: StreamLink): number {
    const atMs = this.#options.now()
    const { packetsHeard: packets } = link
    const last = this.#heard.get(link)
    if (last?.packets === packets) return atMs - last.atMs
    this.#heard.set(link, { packets, atMs })
    return 0
  }
}
