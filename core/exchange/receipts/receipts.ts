// All that has to do with receipts in one circle: ours go to authors and into our journal, those of
// others come from links and journals, and what counts is kept with its recording.

import b4a from 'b4a'
import type { Circle } from '../../circle/circle.ts'
import type { JournalLine } from '../../circle/roster.ts'
import type { Receipt } from '../../encoding/recording/receipt.ts'
import type { DeviceKey, RecordingKey } from '../../types/keys.ts'
import type { Replica } from '../../replica/replica.ts'
import { JournalReceipts } from './journal-receipts.ts'
import type { Peer } from '../members/peer.ts'
import { ReceiptIntake } from './receipt-intake.ts'
import type { ReceiptIntakeOptions } from './receipt-intake.ts'
import { ReceiptPost } from './receipt-post.ts'
import type { ReceiptPostOptions } from './receipt-post.ts'
import { writesFirst } from './who-writes.ts'

export interface ReceiptsOptions extends ReceiptIntakeOptions, ReceiptPostOptions {
  circle: Circle
  self: DeviceKey
  /** Members linked and heard from. */
  peers: () => Peer[]
  now: () => number
}

export class Receipts {
  readonly intake: ReceiptIntake
  readonly journal: JournalReceipts
  readonly #post: ReceiptPost
  readonly #self: DeviceKey

  constructor(options: ReceiptsOptions) {
    const { circle, now, self, replicaOf, peers } = options
    const written = (key: RecordingKey): number => replicaOf(key)?.receipts.journaledOf(self) ?? 0
    const isFirst = (key: RecordingKey): boolean => {
      const author = replicaOf(key)?.announced.author ?? self
      const linked = peers().map(({ device }) => device)
      const others = linked.filter((device) => !b4a.equals(device, author))
      return writesFirst(key, self, others)
    }
    this.#self = self
    this.intake = new ReceiptIntake(options)
    this.journal = new JournalReceipts({ circle, written, isFirst, place: self[0]! / 256, now })
    this.#post = new ReceiptPost(options)
  }

  /** Ours, just signed. @returns false where it is for our own film, which nobody needs to hear of */
  own(replica: Replica, receipt: Receipt): boolean {
    if (b4a.equals(replica.announced.author, this.#self)) return false
    this.#post.send(replica, receipt)
    this.journal.add(receipt)
    if (replica.sealed) this.journal.hurry()
    return true
  }

  /** What a member sent: those that count go on to their author, where it does not reach it itself. */
  async take(peer: Peer, receipts: Receipt[]): Promise<void> {
    for (const receipt of peer.receiptsOf(receipts)) {
      const replica = await this.intake.take(receipt)
      if (replica) this.#post.send(replica, receipt, peer)
    }
  }

  /** What a journal says of them. */
  read(line: JournalLine): void {
    this.intake.read(line)
  }

  /** Tells a member that has just come what we hold of its own recordings. */
  greet(peer: Peer, replicas: Replica[]): void {
    this.#post.greet(peer, replicas)
  }
}
