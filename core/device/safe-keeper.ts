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

export interface SafeKeeperOptions {
  dir: string
  self: DeviceKey
  exchanges: () => readonly Exchange[]
}

export class SafeKeeper {
  readonly #options: SafeKeeperOptions
  #timer: Timer | null = null
  #closed = false
  #written = ''
  #writing: Promise<void> = Promise.resolve()

  constructor(options: SafeKeeperOptions) {
    this.#options = options
  }

  /** A receipt may have come in, or count no longer. */
  note(): void {
    if (!this.#closed) this.#timer ??= setTimeout(() => void this.flush(), EVERY_MS)
  }

  /** Writes what is known now. Never fails: what is not listed counts as not safe. */
  flush(): Promise<void> {
    clearTimeout(this.#timer)
    this.#timer = null
    const { dir, self, exchanges } = this.#options
    const all = exchanges().flatMap((exchange) => safeRecordings(factsOf(exchange), self))
    const list = all.slice(0, MAX_SAFE_RECORDINGS)
    const text = list.map(({ recording, length }) => b4a.toString(recording, 'hex') + length).join()
    if (text === this.#written) return this.#writing
    this.#writing = this.#writing
      .then(() => saveSafeList(dir, list))
      .then(() => void (this.#written = text))
      .catch(() => {})
    return this.#writing
  }

  async close(): Promise<void> {
    this.#closed = true
    await this.flush()
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
