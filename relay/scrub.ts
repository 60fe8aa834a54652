// Reads again in the background what a relay holds, slowly, once through a day and for ever; goes on after
// a restart where it was, and counts what it found. The reading, giving up and fetching again is the
// engine's.

import ReadyResource from 'ready-resource'
import z32 from 'z32'
import type { Device } from '../core/device.ts'
import type { RelayMemory } from '../core/encoding/memory/relay-memory.ts'
import { HealthWatch, ROUND_PAUSE_MS } from '../core/exchange/health-watch.ts'
import type { Checked } from '../core/exchange/health-watch.ts'
import { path } from '../core/runtime/fs.ts'

export interface ScrubEvents {
  damaged: [{ recording: string; blocks: number }]
  trouble: [unknown]
}

/** Since the relay started. */
export interface ScrubCounts {
  /** Blocks read again. */
  blocks: number
  /** Of those, the ones that were not what they should be. */
  damaged: number
}

export interface ScrubOptions {
  device: Device
  storage: string
  bytesPerSecond: number
  /** Where it goes on, and when it was through: kept up here. */
  memory: RelayMemory
  /** Kept up here as well: another scrub may follow, with other limits. */
  counts: ScrubCounts
  now: () => number
}

export class Scrub extends ReadyResource<ScrubEvents> {
  readonly #options: ScrubOptions
  readonly #watch: HealthWatch
  #timer: Timer | null = null

  constructor(options: ScrubOptions) {
    super()
    this.#options = options
    const { device, storage, bytesPerSecond, memory } = options
    this.#watch = new HealthWatch({
      self: device.key,
      replicas: () => device.circles.flatMap(({ replicas }) => replicas),
      quarantine: path.join(storage, 'quarantine'),
      cursor: memory.cursor,
      bytesPerSecond
    })
    this.#watch.on('cursor', (cursor) => void (memory.cursor = cursor))
    this.#watch.on('checked', (checked) => this.#onChecked(checked))
    this.#watch.on('round', () => this.#onRound())
    this.#watch.on('trouble', (err) => this.emit('trouble', err))
  }

  protected override async _open(): Promise<void> {
    const waitMs = pauseLeft(this.#options.memory, this.#options.now())
    if (waitMs === 0) return this.#watch.ready()
    this.#timer = setTimeout(() => void this.#watch.ready(), waitMs)
  }

  protected override async _close(): Promise<void> {
    clearTimeout(this.#timer)
    if (this.#watch.opening !== null) await this.#watch.close()
  }

  #onChecked({ recording, blocks, lost }: Checked): void {
    const { counts } = this.#options
    counts.blocks += blocks
    counts.damaged += lost.length
    if (lost.length === 0) return
    this.emit('damaged', { recording: z32.encode(recording), blocks: lost.length })
  }

  #onRound(): void {
    const { memory, now } = this.#options
    memory.cursor = null
    memory.scrubbedAtMs = now()
  }
}

/** A round that was cut short goes on at once; the next one waits, whoever restarts what meanwhile. */
export function pauseLeft({ cursor, scrubbedAtMs }: RelayMemory, nowMs: number): number {
  if (cursor !== null || scrubbedAtMs === 0) return 0
  const elapsedMs = nowMs - scrubbedAtMs
  return elapsedMs < 0 ? 0 : Math.max(0, ROUND_PAUSE_MS - elapsedMs)
}
