// What is durable in a store, and at what pace: syncs its log for whoever asks, and keeps it short between two
// of them.

import { EarlyFlush } from './early-flush.ts'
import type { LoggingStore } from './early-flush.ts'
import { WalSync } from './wal-sync.ts'
import type { StoreOnDisk } from './wal-sync.ts'

/**
 * RocksDB counts what it has allocated: eighths of its measure, each with as many values as fit, so that a fifth
 * may be empty (values just over a fifth of an eighth). It is then full with less than that in the log.
 */
const EARLY_SHARE = 3 / 4

export class Durability {
  readonly #sync: WalSync
  readonly #early: EarlyFlush

  /** @param writeBufferBytes what RocksDB gathers before it writes a table by itself */
  constructor(store: StoreOnDisk & LoggingStore, writeBufferBytes: number) {
    this.#sync = new WalSync({ store })
    this.#early = new EarlyFlush({
      store,
      atBytes: writeBufferBytes * EARLY_SHARE,
      isIdle: () => this.#sync.isIdle,
      settle: () => this.#sync.flushed()
    })
  }

  /** @see WalSync.flushed */
  async flushed(): Promise<void> {
    await this.#sync.flushed()
    this.#early.consider()
  }

  async close(): Promise<void> {
    await this.#early.close()
    await this.#sync.close()
  }
}
