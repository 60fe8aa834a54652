// How many bytes each circle's recordings take here, kept up as they grow. Pure; time is an argument.
// Must never: forget bytes that are on the disk, or count what is still to come: how long a recording is, its
// author claims, and one that claims much would have nobody else's taken any more.

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
  /** By circle and recording: one that two circles name counts in both. */
  readonly #entries = new Map<string, Entry>()
  /** Bytes of each circle: asked for with every block. */
  readonly #bytes = new Map<string, number>()

  /**
   * What is known of a recording now.
   * @returns by how many bytes it grew
   */
  note(noted: Noted, nowMs: number): number {
    const { recording, circle, bytes } = noted
    const name = `${circle} ${recording}`
    const before = this.#entries.get(name)
    const grownBytes = bytes - (before?.bytes ?? 0)
    const grewAtMs = before === undefined || grownBytes > 0 ? nowMs : before.grewAtMs
    this.#entries.set(name, { ...noted, grewAtMs })
    this.#bytes.set(circle, (this.#bytes.get(circle) ?? 0) + grownBytes)
    return grownBytes
  }

  /** @param quotaOf a circle's own limit */
  usage(quotaOf: (circle: string) => number | null): Map<string, CircleUsage> {
    const entries = [...this.#bytes].map(([circle, bytes]): [string, CircleUsage] => [
      circle,
      { bytes, quotaBytes: quotaOf(circle) }
    ])
    return new Map(entries)
  }

  /** Of every circle, by name. */
  counts(nowMs: number): Map<string, Counts> {
    const found = new Map<string, Counts>()
    for (const entry of this.#entries.values()) {
      const counts = found.get(entry.circle) ?? { recordings: 0, live: 0, bytes: 0 }
      found.set(entry.circle, counts)
      if (entry.bytes === 0) continue
      counts.recordings++
      counts.bytes += entry.bytes
      if (isLive(entry, nowMs)) counts.live++
    }
    return found
  }
}

function isLive({ over, grewAtMs }: Entry, nowMs: number): boolean {
  return !over && nowMs - grewAtMs < LIVE_MS
}
