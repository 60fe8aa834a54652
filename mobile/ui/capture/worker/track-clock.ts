// Puts picture and sound on one clock. Each counts from a zero of its own; where a film begins, or goes on
// with a camera that was away, the first of each is set to when it arrived, and from there its own count
// goes on. Times never run backwards.

type Kind = 'video' | 'audio'

export class TrackClock {
  readonly #startedAtMs = performance.now()
  readonly #wallAtMs = Date.now()
  #offsets: Partial<Record<Kind, number>> = {}
  #last: Record<Kind, number> = { video: -1, audio: -1 }

  /** The tracks are new ones. */
  again(): void {
    this.#offsets = {}
  }

  /** Media time of this moment. */
  get nowUs(): number {
    return Math.round((performance.now() - this.#startedAtMs) * 1000)
  }

  /** Media time of something with this timestamp of its track, that has just arrived. */
  of(kind: Kind, timestampUs: number): number {
    this.#offsets[kind] ??= this.nowUs - timestampUs
    const atUs = Math.round(timestampUs + this.#offsets[kind])
    this.#last[kind] = Math.max(this.#last[kind] + 1, atUs, 0)
    return this.#last[kind]
  }

  /** Wall clock at that media time, by what the clock said at the start: a jump in between changes nothing. */
  wallMs(atUs: number): number {
    return Math.round(this.#wallAtMs + atUs / 1000)
  }
}
