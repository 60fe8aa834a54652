// When each member of a circle was last heard of: the newest date in what it said, as far as its clock can
// be believed, or when its link went. Reads each line once.

import { hex } from '../../../encoding/hex.ts'
import type { Circle } from '../../../circle/circle.ts'
import type { DeviceKey } from '../../../types/keys.ts'

export class LastSaid {
  readonly #circle: Circle
  readonly #atMs = new Map<string, number>()
  #read = 0

  constructor(circle: Circle) {
    this.#circle = circle
  }

  /** It is, or was a moment ago, on the line. */
  met(device: DeviceKey, nowMs: number): void {
    this.#note(device, nowMs)
  }

  /** @param nowMs nothing is believed from later than this */
  readOn(nowMs: number): void {
    const { lines } = this.#circle
    for (; this.#read < lines.length; this.#read++) {
      const { device, entry } = lines[this.#read]!
      const { atMs } = entry.body as { atMs?: number }
      if (typeof atMs === 'number' && atMs <= nowMs) this.#note(device, atMs)
    }
  }

  /** ms since 1970; null for never. */
  of(device: DeviceKey): number | null {
    return this.#atMs.get(hex(device)) ?? null
  }

  #note(device: DeviceKey, atMs: number): void {
    const id = hex(device)
    this.#atMs.set(id, Math.max(atMs, this.#atMs.get(id) ?? 0))
  }
}
