// Watches how much room the disk has left. Below the reserve this device takes no new blocks: what it
// holds stays readable and servable, and the others are told. Room that comes back is noticed within
// a second, without a restart.

import ReadyResource from 'ready-resource'
import { RESERVE_BYTES } from '../limits.ts'
import { Beat } from '../runtime/beat.ts'
import type { EvidenceStore } from './evidence-store.ts'

const EVERY_MS = 1000
/** So much more than the reserve must be free before it is room again: at the edge itself every block would turn it. */
const ROOM_AGAIN_BYTES = 2 ** 20

export interface SpaceEvents {
  full: []
  /** There is room again; `failed` where the database refused a write meanwhile and must be reopened. */
  room: [{ failed: boolean }]
}

export interface SpaceWatchOptions {
  store: EvidenceStore
  /** @default RESERVE_BYTES */
  reserveBytes?: number
}

export class SpaceWatch extends ReadyResource<SpaceEvents> {
  isFull = false
  #failed = false
  readonly #beat = new Beat(EVERY_MS, () => void this.check())
  readonly #store: EvidenceStore
  readonly #reserveBytes: number

  constructor({ store, reserveBytes = RESERVE_BYTES }: SpaceWatchOptions) {
    super()
    this.#store = store
    this.#reserveBytes = reserveBytes
  }

  protected override async _open(): Promise<void> {
    await this.check()
    this.#beat.start()
  }

  protected override async _close(): Promise<void> {
    this.#beat.stop()
  }

  /** The database said that the disk is full: it refuses every write until it is reopened. */
  failed(): void {
    this.#failed = true
    this.#setFull()
  }

  async check(): Promise<void> {
    const free = await this.#store.freeBytes()
    if (free === null || this.closing) return
    if (free < this.#reserveBytes) this.#setFull()
    else if (this.isFull && free >= this.#reserveBytes + ROOM_AGAIN_BYTES) this.#setRoom()
  }

  #setFull(): void {
    if (this.isFull) return
    this.isFull = true
    this.emit('full')
  }

  #setRoom(): void {
    const failed = this.#failed
    this.isFull = false
    this.#failed = false
    this.emit('room', { failed })
  }
}
