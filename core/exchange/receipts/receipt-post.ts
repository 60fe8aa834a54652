// Gets receipts to the author they are for: straight where it is linked, else by way of whom we follow,
// which stands nearer to it. Our own, and those of members who have no other way.
// Must never: hand on a receipt that did not count here, or one that is no news.

import b4a from 'b4a'
import type { Receipt } from '../../encoding/recording/receipt.ts'
import type { Replica } from '../../replica/replica.ts'
import type { DeviceKey } from '../../types/keys.ts'
import type { Peer } from '../members/peer.ts'

/** Receipts in one message. */
const MAX_RECEIPTS = 256

export interface ReceiptPostOptions {
  self: DeviceKey
  peerOf: (device: DeviceKey) => Peer | null
  upstreamOf: (replica: Replica) => Peer | null
}

export class ReceiptPost {
  readonly #options: ReceiptPostOptions

  constructor(options: ReceiptPostOptions) {
    this.#options = options
  }

  /** @param from who sent it to us, where it is not our own */
  send(replica: Replica, receipt: Receipt, from: Peer | null = null): void {
    const { self, peerOf, upstreamOf } = this.#options
    const { author } = replica.announced
    if (b4a.equals(author, self)) return
    const to = peerOf(author) ?? upstreamOf(replica)
    if (to !== from) to?.channel?.sendReceipts([receipt])
  }

  /** Tells a member that has just come what we hold of its own recordings. */
  greet(peer: Peer, replicas: Replica[]): void {
    const { self } = this.#options
    const theirs = replicas.filter(({ announced }) => b4a.equals(announced.author, peer.device))
    const receipts = theirs.flatMap((replica) => replica.receipts.of(self) ?? [])
    for (let i = 0; i < receipts.length; i += MAX_RECEIPTS) {
      peer.channel?.sendReceipts(receipts.slice(i, i + MAX_RECEIPTS))
    }
  }
}
