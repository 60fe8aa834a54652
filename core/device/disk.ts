// What a device has on its disk: the store and the watch on its free space, opened and closed together,
// again where a full disk asks for it.

import ReadyResource from 'ready-resource'
import { EvidenceStore } from '../store/evidence-store.ts'
import type { StoreEvents } from '../store/evidence-store.ts'
import { SpaceWatch } from '../store/space-watch.ts'
import { forward } from './forward.ts'

export interface DiskEvents extends StoreEvents {
  full: []
  /** There is room again; `failed` where a write was refused meanwhile. */
  room: [{ failed: boolean }]
}

export interface DiskOptions {
  dir: string
  /** Free space to keep, bytes. */
  reserveBytes?: number | undefined
}

export class Disk extends ReadyResource<DiskEvents> {
  readonly #options: DiskOptions
  #store: EvidenceStore
  #space: SpaceWatch

  constructor(options: DiskOptions) {
    super()
    this.#options = options
    this.#store = this.#makeStore()
    this.#space = this.#makeSpace()
  }

  /** Another one after `reopen`. */
  get store(): EvidenceStore {
    return this.#store
  }

  get isFull(): boolean {
    return this.#space.isFull
  }

  /** A write was refused for want of room: no other succeeds until this is opened anew. */
  failed(): void {
    this.#space.failed()
  }

  /** A database that once met a full disk refuses every write until it is opened again. */
  async reopen(): Promise<void> {
    await this._close()
    this.#store = this.#makeStore()
    this.#space = this.#makeSpace()
    await this._open()
  }

  protected override async _open(): Promise<void> {
    await this.#store.ready()
    await this.#space.ready()
  }

  protected override async _close(): Promise<void> {
    await this.#space.close()
    await this.#store.close()
  }

  #makeStore(): EvidenceStore {
    const store = new EvidenceStore({ dir: this.#options.dir })
    forward(['attempt', 'damaged', 'salvaging', 'salvaged'], store, this)
    return store
  }

  #makeSpace(): SpaceWatch {
    const { reserveBytes } = this.#options
    const reserve = reserveBytes === undefined ? {} : { reserveBytes }
    const space = new SpaceWatch({ store: this.#store, ...reserve })
    forward(['full', 'room'], space, this)
    return space
  }
}
