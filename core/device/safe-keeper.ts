// Keeps the file `safe` near the truth while the device runs: which recordings held here are on another
// device's disk as well, by its receipts.
// Must never: count this device's own word, or hold up a film for it.

import b4a from 'b4a'
import { MAX_SAFE_RECORDINGS } from '../encoding/safe-list.ts'
import type { SafeRecording } from '../encoding/safe-list.ts'
import type { Exchange } from '../exchange/exchange.ts'
import type { Replica } from '../replica/replica.ts'
import { saveSafeList } from '../store/safe-file.ts'
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
  #written = ''
  #writing: Promise<void> = Promise.resolve()

  constructor(options: SafeKeeperOptions) {
    this.#options = options
  }

  /** A receipt may have come in. */
  note(): void {
    this.#timer ??= setTimeout(() => void this.flush(), EVERY_MS)
  }

  /** Writes what is known now. Never fails: what is not listed counts as not safe. */
  flush(): Promise<void> {
    clearTimeout(this.#timer)
    this.#timer = null
    const { dir, self, exchanges } = this.#options
    const replicas = exchanges().flatMap((exchange) => exchange.replicas)
    const list = safeRecordings(replicas, self)
    const text = list.map(({ recording, length }) => b4a.toString(recording, 'hex') + length).join()
    if (text === this.#written) return this.#writing
    this.#writing = this.#writing
      .then(() => saveSafeList(dir, list))
      .then(() => void (this.#written = text))
      .catch(() => {})
    return this.#writing
  }

  async close(): Promise<void> {
    await this.flush()
  }
}

/** The longest that any one other device has signed for of each. */
export function safeRecordings(
  replicas: readonly Pick<Replica, 'key' | 'receipts'>[],
  self: DeviceKey
): SafeRecording[] {
  const found = replicas.map(({ key, receipts }) => {
    const others = receipts.all().filter(({ holder }) => !b4a.equals(holder, self))
    return { recording: key, length: Math.max(0, ...others.map(({ length }) => length)) }
  })
  return found.filter(({ length }) => length > 0).slice(0, MAX_SAFE_RECORDINGS)
}
