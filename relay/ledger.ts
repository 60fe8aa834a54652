// How many bytes of each circle's recordings are here, kept up as they grow. Pure; time is an argument.
// Must never: forget bytes that are on the disk. A recording counts with all that there is of it as soon as
// this device has heard of its length: what is still to come has its place.

import type { CircleUsage } from './quota.ts'

/** A film that has not grown for so long is not running any more. */
const LIVE_MS = 30_000

export interface Noted {
  /** By name, as the circle below. */
  recording: string
  circle: string
  bytes: number
  /** Its author said that it is over. */
  over: boolean
}

interface Entry extends Noted {
  grewAtMs: number
}

export interface Counts {
  recordings: number
  live: number
  bytes: number
}

export class Ledger {
  readonly #entries = new Map<string, Entry>()

  /** What is known of a recording now. */
  note(noted: Noted, nowMs: number): void {
    const before = this.#entries.get(noted.recording)
    const grew = before === undefined || noted.bytes > before.bytes
    const grewAtMs = grew ? nowMs : before.grewAtMs
    this.#entries.set(noted.recording, { ...noted, grewAtMs })
  }

  /** Nothing of this circle is here any more. */
  drop(circle: string): void {
    for (const [id, entry] of this.#entries) if (entry.circle === circle) this.#entries.delete(id)
  }

  /** @param quotaOf a circle's own limit */
  usage(nowMs: number, quotaOf: (circle: string) => number | null): Map<string, CircleUsage> {
    const found = new Map<string, CircleUsage>()
    for (const entry of this.#entries.values()) {
      const { circle, bytes } = entry
      const usage = found.get(circle) ?? emptyUsage(quotaOf(circle))
      if (isLive(entry, nowMs)) usage.liveBytes += bytes
      else usage.finishedBytes += bytes
      found.set(circle, usage)
    }
    return found
  }

  countsOf(circle: string, nowMs: number): Counts {
    const counts = { recordings: 0, live: 0, bytes: 0 }
    for (const entry of this.#entries.values()) {
      if (entry.circle !== circle || entry.bytes === 0) continue
      counts.recordings++
      counts.bytes += entry.bytes
      if (isLive(entry, nowMs)) counts.live++
    }
    return counts
  }
}

export function emptyUsage(quotaBytes: number | null): CircleUsage {
  return { liveBytes: 0, finishedBytes: 0, quotaBytes }
}

function isLive({ over, grewAtMs }: Entry, nowMs: number): boolean {
  return !over && nowMs - grewAtMs < LIVE_MS
}
