// Decides which receipts count, wherever they come from: straight over a link, or from a journal, in
// any order with the announcements and memberships they depend on.
// Must never: count what a member did not sign, a receipt for other bytes than the author signed, or
// this device's own word for what its disk has lost since.

import b4a from 'b4a'
import type { Circle } from '../circle/circle.ts'
import type { JournalLine } from '../circle/roster.ts'
import { hex } from '../encoding/hex.ts'
import type { Receipt } from '../encoding/receipt.ts'
import type { DeviceKey, RecordingKey } from '../types/keys.ts'
import { hasAuthorSignature, isSignedReceipt } from '../replica/receipts.ts'
import type { Replica } from '../replica/replica.ts'

/** Journaled receipts remembered for a recording that is not announced yet, or whose holder is not. */
const MAX_REMEMBERED = 64

export class ReceiptIntake {
  readonly #circle: Circle
  readonly #replicaOf: (key: RecordingKey) => Replica | null
  readonly #self: DeviceKey
  readonly #journaled = new Map<string, Receipt[]>()

  constructor(circle: Circle, replicaOf: (key: RecordingKey) => Replica | null, self: DeviceKey) {
    this.#circle = circle
    this.#replicaOf = replicaOf
    this.#self = self
  }

  take(receipt: Receipt): void {
    const replica = this.#replicaOf(receipt.recording)
    if (replica === null || this.#circle.roster.find(receipt.holder) === null) return
    if (!receipt.flushed || receipt.fork !== 0 || !isSignedReceipt(receipt)) return
    if (b4a.equals(receipt.holder, this.#self) && receipt.length > replica.length) return
    if (hasAuthorSignature(receipt, replica.announced.signer)) replica.addReceipt(receipt)
    else if (receipt.authorSignature === null) void this.#compare(replica, receipt)
  }

  /** The receipts in a line that the journal's own device signed. */
  read({ entry, device }: JournalLine): Receipt[] {
    if (entry.kind !== 'receipts') return []
    const own = entry.body.filter(({ holder }) => b4a.equals(holder, device))
    for (const receipt of own) this.#remember(receipt)
    for (const receipt of own) this.take(receipt)
    return own
  }

  /** A recording has become known: what was journaled about it can count now. */
  recall(key: RecordingKey): void {
    for (const receipt of this.#journaled.get(hex(key)) ?? []) this.take(receipt)
  }

  /** Members have become known: the same for all. */
  recallAll(): void {
    for (const receipts of this.#journaled.values()) {
      for (const receipt of receipts) this.take(receipt)
    }
  }

  #remember(receipt: Receipt): void {
    const id = hex(receipt.recording)
    const known = this.#journaled.get(id) ?? []
    this.#journaled.set(id, [...known, receipt].slice(-MAX_REMEMBERED))
  }

  /** In mid catch-up a receipt has no author's signature: it counts where our own tree agrees. */
  async #compare(replica: Replica, receipt: Receipt): Promise<void> {
    const { core } = replica
    if (core === null || receipt.length > core.length) return
    try {
      const treeHash = await core.treeHash(receipt.length)
      if (b4a.equals(treeHash, receipt.treeHash)) replica.addReceipt(receipt)
    } catch {
      // no tree to compare with: a later receipt will tell
    }
  }
}
