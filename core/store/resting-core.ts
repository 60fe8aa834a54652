// Reads blocks of a core that is not open, as they stand in the database. Opening one takes forty times
// the memory, and Corestore keeps it for seconds: where thousands are looked at, one after the other,
// thousands are open. For reading alone; what is read was checked when it was written.
// Touches internals of hypercore-storage (resumeCore, getBlock), pinned to an exact version.
// Must never: write, or hand out a block that is not known to be held without a hole before it.

import type CorestoreStorage from 'hypercore-storage'
import type { CoreStorage } from 'hypercore-storage'

export class RestingCore {
  /** Blocks held without a hole when this was made. */
  readonly contiguousLength: number
  readonly #storage: CoreStorage | null

  private constructor(storage: CoreStorage | null, contiguousLength: number) {
    this.#storage = storage
    this.contiguousLength = storage === null ? 0 : contiguousLength
  }

  /** @param length blocks held, as the disk says */
  static async open(
    storage: CorestoreStorage,
    discoveryKey: Uint8Array,
    length: number
  ): Promise<RestingCore> {
    return new RestingCore(await storage.resumeCore(discoveryKey), length)
  }

  /** Null where it is not here. */
  async get(index: number): Promise<Uint8Array | null> {
    if (index >= this.contiguousLength) return null
    const batch = this.#storage!.read()
    const block = batch.getBlock(index)
    batch.tryFlush()
    return block
  }

  async close(): Promise<void> {
    await this.#storage?.close()
  }
}
