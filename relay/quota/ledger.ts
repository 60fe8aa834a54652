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
  /** All of it is here. @default false */
  whole?: boolean
}

/** What is new of a recording. */
export interface News {
  grownBytes: number
  /** It was not known before. */
  isNew: boolean
  /** All of it is here, and was not before. */
  isWhole: boolean
}

interface Entry {
  bytes: number
  over: boolean
  whole: boolean
  grewAtMs: number
}

export interface Counts {
  recordings: number
  live: number
  bytes: number
}

export class Ledger {
  /** By circle, then by recording: one that two circles name counts in both. */
  readonly #entries = new Map<string, Map<string, Entry>>()
  /** Bytes of each circle: asked for with every block. */
  readonly #bytes = new Map<string, number>()

  /** What is known of a recording now. @returns what of it is news */
  note({ recording, circle, bytes, over, whole = false }: Noted, nowMs: number): News {
    const entries = this.#of(circle)
    const before = entries.get(recording)
    const grownBytes = bytes - (before?.bytes ?? 0)
    this.#bytes.set(circle, (this.#bytes.get(circle) ?? 0) + grownBytes)
    const isWhole = whole && before?.whole !== true
    if (before === undefined) entries.set(recording, { bytes, over, whole, grewAtMs: nowMs })
    else {
      if (grownBytes > 0) before.grewAtMs = nowMs
      Object.assign(before, { bytes, over, whole: whole || before.whole })
    }
    return { grownBytes, isNew: before === undefined, isWhole }
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
    for (const [circle, entries] of this.#entries) found.set(circle, countsOf(entries, nowMs))
    return found
  }

  #of(circle: string): Map<string, Entry> {
    const known = this.#entries.get(circle)
    if (known) return known
    const fresh = new Map<string, Entry>()
    this.#entries.set(circle, fresh)
    return fresh
  }
}

function countsOf(entries: Map<string, Entry>, nowMs: number): Counts {
  const counts = { recordings: 0, live: 0, bytes: 0 }
  for (const entry of entries.values()) {
    if (entry.bytes === 0) continue
    counts.recordings++
    counts.bytes += entry.bytes
    if (isLive(entry, nowMs)) counts.live++
  }
  return counts
}

function isLive({ over, grewAtMs }: Entry, nowMs: number): boolean {
  return !over && nowMs - grewAtMs < LIVE_MS
}
