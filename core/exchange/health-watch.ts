// Reads again, little by little and for ever, what this device holds: for whoever is always on, such as
// a relay. Throttled by bytes, goes on where it was, and fetches what it finds damaged from the others.
// Must never: read so fast that what comes in live has to wait.

import b4a from 'b4a'
import ReadyResource from 'ready-resource'
import { HealthCheck, Repair } from '../replica/health-check.ts'
import type { Replica } from '../replica/replica.ts'
import type { DeviceKey, RecordingKey } from '../types/keys.ts'

/** Blocks read in one go. */
const STEP = 16
/** Where there is nothing to read, or something went wrong, ms. */
const IDLE_MS = 60_000
/** After everything was read once, ms. */
export const ROUND_PAUSE_MS = 24 * 3_600_000
/** One gigabyte in about a quarter of an hour. */
const BYTES_PER_SECOND = 1024 * 1024

/** Where to go on: kept by whoever starts this. */
export interface HealthCursor {
  recording: RecordingKey
  /** Block to read next. */
  index: number
}

export interface Checked {
  recording: RecordingKey
  /** Blocks read, or known to be missing. */
  blocks: number
  /** Indexes of those that were not what they should be: no longer claimed, asked for again. */
  lost: number[]
}

export interface HealthWatchEvents {
  /** After each step. */
  cursor: [HealthCursor]
  /** A recording has been read to its end. */
  checked: [Checked]
  /** Everything has been read once. */
  round: []
  trouble: [unknown]
}

export interface HealthWatchOptions {
  self: DeviceKey
  /** What to read; asked anew before each recording. */
  replicas: () => readonly Replica[]
  /** Folder for what is left of damaged blocks. */
  quarantine: string
  /** Where an earlier watch was. @default null */
  cursor?: HealthCursor | null
  /** @default BYTES_PER_SECOND */
  bytesPerSecond?: number
  /** @default ROUND_PAUSE_MS */
  roundPauseMs?: number
}

export class HealthWatch extends ReadyResource<HealthWatchEvents> {
  readonly #options: HealthWatchOptions
  #cursor: HealthCursor | null
  #running: Promise<void> = Promise.resolve()
  #wake: () => void = () => {}
  readonly #repairs = new Set<Repair>()

  constructor(options: HealthWatchOptions) {
    super()
    this.#options = options
    this.#cursor = options.cursor ?? null
  }

  protected override async _open(): Promise<void> {
    this.#running = this.#run()
  }

  protected override async _close(): Promise<void> {
    this.#wake()
    await this.#running
    for (const repair of this.#repairs) repair.stop()
  }

  async #run(): Promise<void> {
    const { roundPauseMs = ROUND_PAUSE_MS } = this.#options
    while (!this.closing) {
      const all = this.#options.replicas()
      const replica = this.#choose(all)
      if (replica !== null) await this.#check(replica).catch((err) => this.#onError(err))
      else {
        const isRound = all.some(isDue)
        if (isRound) this.emit('round')
        await this.#pause(isRound ? roundPauseMs : IDLE_MS)
      }
    }
  }

  async #check(replica: Replica): Promise<void> {
    const { self } = this.#options
    const start = this.#cursor?.index ?? 0
    const check = new HealthCheck({ replica, self, start })
    let more = true
    while (more && !this.closing) more = await this.#step(replica, check)
    if (more) return
    if (check.lost.length > 0) await this.#repair(replica, check.lost)
    this.#cursor = { recording: replica.key, index: Infinity }
    this.emit('checked', { recording: replica.key, blocks: check.next, lost: check.lost })
  }

  /** What is damaged ends being claimed before the cursor moves on: it may be the last thing done. */
  async #step(replica: Replica, check: HealthCheck): Promise<boolean> {
    const { quarantine, bytesPerSecond = BYTES_PER_SECOND } = this.#options
    const { bytes, damaged } = check
    const before = damaged.length
    const more = await check.step(STEP)
    if (damaged.length > before) await check.giveUp(quarantine)
    this.#cursor = { recording: replica.key, index: check.next }
    this.emit('cursor', this.#cursor)
    await this.#pause((1000 * (check.bytes - bytes)) / bytesPerSecond)
    return more
  }

  /** Not waited for: who has them may come tomorrow. */
  async #repair(replica: Replica, indexes: number[]): Promise<void> {
    const repair = new Repair(replica, indexes)
    this.#repairs.add(repair)
    await repair.start()
  }

  /** The one the cursor is in, or the next by key, whatever comes and goes; null after the last. */
  #choose(all: readonly Replica[]): Replica | null {
    const from = this.#cursor
    let next: Replica | null = null
    for (const replica of all) {
      const order = from === null ? 1 : compareKeys(replica.key, from.recording)
      if (order === 0 && from!.index < replica.length && isDue(replica)) return replica
      if (order <= 0 || !isDue(replica)) continue
      if (next === null || compareKeys(replica.key, next.key) < 0) next = replica
    }
    this.#cursor = null
    return next
  }

  async #onError(err: unknown): Promise<void> {
    if (this.closing) return
    this.#cursor = null
    this.emit('trouble', err)
    await this.#pause(IDLE_MS)
  }

  #pause(ms: number): Promise<void> {
    if (this.closing) return Promise.resolve()
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms)
      this.#wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }
}

/** Not what is being filmed: its blocks are minutes old. */
function isDue({ end, over, length }: Replica): boolean {
  return (over || end !== null) && length > 0
}

function compareKeys(a: RecordingKey, b: RecordingKey): number {
  return b4a.compare(a as any, b as any)
}
