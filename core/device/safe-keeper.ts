// Keeps the file `safe` near the truth while the device runs: which recordings held here are on another
// device's disk as well, by its receipts.
// Must never: count this device's own word, what its holder has lost since, or who was revoked.

import b4a from 'b4a'
import { MAX_SAFE_RECORDINGS } from '../encoding/safe-list.ts'
import type { SafeRecording } from '../encoding/safe-list.ts'
import type { Exchange } from '../exchange/exchange.ts'
import type { Replica } from '../replica/replica.ts'
import { saveSafeList } from '../store/files/safe-file.ts'
import type { DeviceKey } from '../types/keys.ts'

/** What a kill may leave untold: so much more is kept in a panic than need be. */
const EVERY_MS = 5000
/** Recordings looked at in one go: a few milliseconds of signatures, the first time. */
const SLICE = 16
/** Between two slices, so that it takes a third of the processor at most. */
const BREATH_MS = 20

export interface SafeKeeperOptions {
  dir: string
  self: DeviceKey
  exchanges: () => readonly Exchange[]
}

export class SafeKeeper {
  readonly #options: SafeKeeperOptions
  #timer: Timer | null = null
  #closed = false
  /** Something has happened since the last start or write. */
  #isDue = false
  #written = ''
  #writing: Promise<void> = Promise.resolve()

  constructor(options: SafeKeeperOptions) {
    this.#options = options
  }

  /** A receipt may have come in, or count no longer. */
  note(): void {
    this.#isDue = true
    this.begin()
  }

  /** What was known before a start is written in its time: who was killed may not have come to it. */
  begin(): void {
    if (!this.#closed) this.#timer ??= setTimeout(() => void this.flush(), EVERY_MS)
  }

  /** Writes what is known now. Never fails: what is not listed counts as not safe. */
  flush(): Promise<void> {
    clearTimeout(this.#timer)
    this.#timer = null
    this.#writing = this.#writing.then(() => this.#write()).catch(() => {})
    return this.#writing
  }

  async #write(): Promise<void> {
    this.#isDue = false
    const list = (await this.#list()).slice(0, MAX_SAFE_RECORDINGS)
    const text = list.map(({ recording, length }) => b4a.toString(recording, 'hex') + length).join()
    if (text === this.#written) return
    await saveSafeList(this.#options.dir, list)
    this.#written = text
  }

  /** A slice at a time: receipts that nobody has asked for yet are checked here, and films go on. */
  async #list(): Promise<SafeRecording[]> {
    const { self, exchanges } = this.#options
    const found: SafeRecording[] = []
    for (const exchange of exchanges()) {
      const { replicas, isMember } = factsOf(exchange)
      for (let start = 0; start < replicas.length; start += SLICE) {
        const slice = replicas.slice(start, start + SLICE)
        found.push(...safeRecordings({ replicas: slice, isMember }, self))
        if (start + SLICE < replicas.length && !this.#closed) await breathe()
      }
    }
    return found
  }

  async close(): Promise<void> {
    this.#closed = true
    clearTimeout(this.#timer)
    if (this.#isDue) await this.flush()
    else await this.#writing
  }
}

export interface SafeFacts {
  replicas: readonly Pick<Replica, 'key' | 'receipts'>[]
  /** A device that was revoked may be in anybody's hands: what it holds is safe with nobody. */
  isMember: (device: DeviceKey) => boolean
}

/** The longest that any one other member has signed for of each, and not lost since. */
export function safeRecordings(
  { replicas, isMember }: SafeFacts,
  self: DeviceKey
): SafeRecording[] {
  const counts = (holder: DeviceKey): boolean => !b4a.equals(holder, self) && isMember(holder)
  const found = replicas.map(({ key, receipts }) => {
    const holders = receipts.all().map(({ holder }) => holder)
    const lengths = holders.filter(counts).map((holder) => receipts.of(holder)?.length ?? 0)
    return { recording: key, length: Math.max(0, ...lengths) }
  })
  return found.filter(({ length }) => length > 0)
}

function factsOf({ circle, replicas }: Exchange): SafeFacts {
  return { replicas, isMember: (device) => circle.roster.active(device) !== null }
}

function breathe(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, BREATH_MS))
}
