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
/** Recordings chosen in one pass over all, which may be a hundred thousand. */
const MOST_CHOSEN = 1024
/** Where there is nothing to read, or something went wrong, ms. */
const IDLE_MS = 60_000
/** After everything was read once, ms. */
export const ROUND_PAUSE_MS = 24 * 3_600_000
/** Opening a recording costs as much of the processor as reading so much of one. */
const OPENING_BYTES = 128 * 1024
const NO_KEY = b4a.alloc(0)
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
  /** @default IDLE_MS */
  idleMs?: number
}

export class HealthWatch extends ReadyResource<HealthWatchEvents> {
  readonly #options: HealthWatchOptions
  #cursor: HealthCursor | null
  /** Those to be read next, the next one last. */
  #chosen: Replica[] = []
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
      const replica = this.#choose()
      if (replica !== null) await this.#check(replica).catch((err) => this.#onError(replica, err))
      else {
        const isRound = this.#options.replicas().some(isDue)
        if (isRound) this.emit('round')
        await (isRound ? this.#pause(roundPauseMs) : this.#idle())
      }
    }
  }

  async #check(replica: Replica): Promise<void> {
    const { self } = this.#options
    const start = this.#cursor?.index ?? 0
    const check = new HealthCheck({ replica, self, start })
    const rested = replica.core === null
    if (rested) await this.#pauseFor(OPENING_BYTES)
    let more = true
    while (more && !this.closing) more = await this.#step(replica, check)
    if (more) return
    const { lost } = check
    if (lost.length > 0) await this.#repair(replica, lost)
    else if (rested && isUnasked(replica)) await replica.rest()
    this.#cursor = { recording: replica.key, index: Infinity }
    this.emit('checked', { recording: replica.key, blocks: check.next, lost })
  }

  /** What is damaged ends being claimed before the cursor moves on: it may be the last thing done. */
  async #step(replica: Replica, check: HealthCheck): Promise<boolean> {
    const { quarantine } = this.#options
    const { bytes, damaged } = check
    const before = damaged.length
    const more = await check.step(STEP)
    if (damaged.length > before) await check.giveUp(quarantine)
    this.#cursor = { recording: replica.key, index: check.next }
    this.emit('cursor', this.#cursor)
    await this.#pauseFor(check.bytes - bytes)
    return more
  }

  #pauseFor(bytes: number): Promise<void> {
    const { bytesPerSecond = BYTES_PER_SECOND } = this.#options
    return this.#pause((1000 * bytes) / bytesPerSecond)
  }

  /** Not waited for: who has them may come tomorrow. */
  async #repair(replica: Replica, indexes: number[]): Promise<void> {
    const repair = new Repair(replica, indexes)
    this.#repairs.add(repair)
    await repair.start()
  }

  /** The one the cursor is in, or the next by key, whatever comes and goes; null after the last. */
  #choose(): Replica | null {
    let replica = this.#nextChosen()
    if (replica === null) {
      this.#chosen = nextOf(this.#options.replicas(), this.#cursor)
      replica = this.#nextChosen()
    }
    const isBegun = replica !== null && b4a.equals(replica.key, this.#cursor?.recording ?? NO_KEY)
    if (!isBegun) this.#cursor = null
    return replica
  }

  #nextChosen(): Replica | null {
    for (let one = this.#chosen.pop(); one !== undefined; one = this.#chosen.pop()) {
      if (isDue(one) && one.closing === null) return one
    }
    return null
  }

  /** It is left out until the next round: those after it have their turn. */
  async #onError({ key }: Replica, err: unknown): Promise<void> {
    if (this.closing) return
    this.#cursor = { recording: key, index: Infinity }
    this.emit('trouble', err)
    await this.#idle()
  }

  #idle(): Promise<void> {
    return this.#pause(this.#options.idleMs ?? IDLE_MS)
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

/** From the one the cursor is in on, in the order of their keys; the first one last. */
function nextOf(all: readonly Replica[], from: HealthCursor | null): Replica[] {
  const isNext = (replica: Replica): boolean => {
    const order = from === null ? 1 : compareKeys(replica.key, from.recording)
    return isDue(replica) && (order > 0 || (order === 0 && from!.index < replica.length))
  }
  const next = all.filter(isNext).sort((a, b) => compareKeys(a.key, b.key))
  return next.slice(0, MOST_CHOSEN).reverse()
}

function isUnasked({ core }: Replica): boolean {
  return core !== null && core.peers.length === 0
}

/** Not what is being filmed: its blocks are minutes old. */
function isDue({ end, over, length }: Replica): boolean {
  return (over || end !== null) && length > 0
}

function compareKeys(a: RecordingKey, b: RecordingKey): number {
  return b4a.compare(a as any, b as any)
}
