// What is known about who holds one recording, and up to where: the newest receipt of each holder.
// Must never: count a receipt that is not signed, is for other bytes, or goes backwards.

import { hex } from '../encoding/hex.ts'
import type { Receipt } from '../encoding/receipt.ts'
import type { DeviceKey } from '../types/keys.ts'

export class ReceiptBook {
  readonly #newest = new Map<string, Receipt>()
  readonly #counts = new Map<string, number>()

  /** Keeps a receipt that has been checked; false where it tells nothing new. */
  add(receipt: Receipt): boolean {
    const id = hex(receipt.holder)
    const known = this.#newest.get(id)
    if (known && known.length >= receipt.length) return false
    this.#newest.set(id, receipt)
    this.#counts.set(id, (this.#counts.get(id) ?? 0) + 1)
    return true
  }

  of(holder: DeviceKey): Receipt | null {
    return this.#newest.get(hex(holder)) ?? null
  }

  /** Receipts taken from this holder so far. */
  countOf(holder: DeviceKey): number {
    return this.#counts.get(hex(holder)) ?? 0
  }

  all(): Receipt[] {
    return [...this.#newest.values()]
  }
}
