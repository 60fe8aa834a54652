// What was pushed of one recording to each device, and how much of that twice. Who loses its link is sent
// again what was under way; who asks for the newest blocks again and again would have a phone's line.
// Must never: hold back anything that a device has not been sent before.

import { hex } from '../../encoding/hex.ts'
import { MAX_SENT_AGAIN_BYTES } from '../../limits.ts'
import type { DeviceKey } from '../../types/keys.ts'

interface Sent {
  /** The first block that was never pushed to it. */
  next: number
  /** Bytes, the first time and again. */
  once: number
  again: number
}

export class Served {
  readonly #sent = new Map<string, Sent>()

  /** The first block that this device was never pushed; 0 where it was pushed none. */
  nextOf(device: DeviceKey): number {
    return this.#sent.get(hex(device))?.next ?? 0
  }

  /** Counts a block about to be pushed. @returns false where it has had too much twice */
  take(device: DeviceKey, index: number, bytes: number): boolean {
    const sent = this.#sent.get(hex(device)) ?? { next: 0, once: 0, again: 0 }
    this.#sent.set(hex(device), sent)
    if (index >= sent.next) {
      sent.next = index + 1
      sent.once += bytes
      return true
    }
    if (sent.again + bytes > MAX_SENT_AGAIN_BYTES + sent.once) return false
    sent.again += bytes
    return true
  }
}
