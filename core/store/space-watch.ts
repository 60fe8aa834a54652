// Watches how much room the disk has left. Below the reserve this device takes no new blocks: what it
// holds stays readable and servable, and the others are told. Room that comes back is noticed within
// a second, without a restart; a disk with much room is looked at less often.

import ReadyResource from 'ready-resource'
import { RESERVE_BYTES } from '../limits.ts'
import { Beat } from '../runtime/beat.ts'
import type { EvidenceStore } from './evidence-store.ts'

const EVERY_MS = 1000
/** Where nothing could have filled it meanwhile, so many looks are left out at most. */
const MOST_LOOKS_LEFT_OUT = 4
/** A disk fills no faster than that; where one does, the database says so (`failed`). */
const FILLED_AT_MOST_BYTES = 2 ** 30
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
  #leftOut = 0
  readonly #beat = new Beat(EVERY_MS, () => this.#look())
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
    this.#leftOut = looksToLeaveOut(free - this.#reserveBytes)
    if (free < this.#reserveBytes) this.#setFull()
    else if (this.isFull && free >= this.#reserveBytes + ROOM_AGAIN_BYTES) this.#setRoom()
  }

  #look(): void {
    if (this.isFull || this.#leftOut-- <= 0) void this.check()
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

/** @param spareBytes above the reserve */
export function looksToLeaveOut(spareBytes: number): number {
  const looks = Math.floor(spareBytes / FILLED_AT_MOST_BYTES)
  return Math.min(MOST_LOOKS_LEFT_OUT, Math.max(0, looks))
}
