// What a device has on its disk: the store and the watch on its free space, opened and closed together,
// again where a full disk asks for it.

import ReadyResource from 'ready-resource'
import { EvidenceStore } from '../store/evidence-store.ts'
import type { StoreEvents } from '../store/evidence-store.ts'
import { SpaceWatch } from '../store/space-watch.ts'

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
  readonly store: EvidenceStore
  readonly space: SpaceWatch

  constructor({ dir, reserveBytes }: DiskOptions) {
    super()
    this.store = new EvidenceStore({ dir })
    const reserve = reserveBytes === undefined ? {} : { reserveBytes }
    this.space = new SpaceWatch({ store: this.store, ...reserve })
    this.store.on('attempt', (attempt) => this.emit('attempt', attempt))
    this.store.on('damaged', (damage) => this.emit('damaged', damage))
    this.store.on('salvaging', () => this.emit('salvaging'))
    this.store.on('salvaged', (salvaged) => this.emit('salvaged', salvaged))
    this.space.on('full', () => this.emit('full'))
    this.space.on('room', (room) => this.emit('room', room))
  }

  protected override async _open(): Promise<void> {
    await this.store.ready()
    await this.space.ready()
  }

  protected override async _close(): Promise<void> {
    await this.space.close()
    await this.store.close()
  }
}
