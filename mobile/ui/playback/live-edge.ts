// Holds a <video> near the newest picture, as state/playback/pace.ts decides: a little faster, a little
// slower, or over what is missed. Does nothing while it does not follow.

import { afterCalm, afterStall, LEAST_BEHIND_SECONDS, pace } from '../state/playback/pace.ts'
import type { Range } from '../state/playback/ranges.ts'

/** Standing still right after a jump is no sign of a bad network. */
const SETTLING_MS = 1500

export class LiveEdge {
  wantedSeconds = LEAST_BEHIND_SECONDS
  readonly #video: HTMLVideoElement
  #following = false
  #calmSinceMs = performance.now()
  #settledAtMs = Infinity

  constructor(video: HTMLVideoElement) {
    this.#video = video
  }

  get following(): boolean {
    return this.#following
  }

  set following(following: boolean) {
    this.#following = following
    this.#settledAtMs = Infinity
    if (!following) this.#video.playbackRate = 1
  }

  /** The picture stood still for lack of media. */
  stalled(): void {
    const nowMs = performance.now()
    if (!this.#following || this.#video.seeking || nowMs < this.#settledAtMs) return
    this.wantedSeconds = afterStall(this.wantedSeconds)
    this.#calmSinceMs = nowMs
  }

  /** Called a few times a second. */
  keep(ranges: readonly Range[]): void {
    const last = ranges.at(-1)
    const video = this.#video
    if (!this.#following || last === undefined || video.paused || video.seeking) return
    const nowMs = performance.now()
    if (this.#settledAtMs === Infinity) this.#settledAtMs = nowMs + SETTLING_MS
    this.wantedSeconds = afterCalm(this.wantedSeconds, (nowMs - this.#calmSinceMs) / 1000)
    this.#calmSinceMs = nowMs
    const next = pace({
      behindSeconds: last.end - video.currentTime,
      wantedSeconds: this.wantedSeconds,
      rate: video.playbackRate
    })
    if ('rate' in next) video.playbackRate = next.rate
    else {
      video.currentTime = Math.max(last.start, video.currentTime + next.jumpSeconds)
      this.#settledAtMs = nowMs + SETTLING_MS
    }
  }
}
