// What hellos bring: which journals there are, and where members are reached. Kept in the device's state,
// and what is new of it is told on.
// Must never: keep a head that its device did not sign, or more of them than there is room for.

import type { Address } from '../../encoding/address.ts'
import type { CircleState } from '../../encoding/memory/device-state.ts'
import type { JournalHead } from '../../encoding/journal/journal-head.ts'
import type { PeerAddresses } from '../../encoding/pairing/pairing.ts'
import type { DeviceKey } from '../../types/keys.ts'
import { AddressBook } from './address-book.ts'
import { HeadRoom } from '../journal/room/head-room.ts'
import { isGenuineHead } from '../journal/journal-head.ts'
import type { Mark, News } from './news.ts'
import type { Roster } from '../roster.ts'

export interface IntroductionsOptions {
  /** Changed in place; heads are only ever added. */
  state: Pick<CircleState, 'id' | 'heads' | 'peers' | 'members'>
  self: DeviceKey
  /** True for members, as far as is known. */
  isKnown: (device: DeviceKey) => boolean
  roster: () => Roster
}

export class Introductions {
  readonly #options: IntroductionsOptions
  readonly #addresses: AddressBook
  readonly #room: HeadRoom

  constructor(options: IntroductionsOptions) {
    const { state, self, isKnown } = options
    this.#options = options
    this.#addresses = new AddressBook({ peers: state.peers, self, isKnown })
    this.#room = new HeadRoom(state.heads, self)
  }

  /**
   * Heads and addresses that another device told us; forged heads are dropped. What a device says of
   * its own addresses replaces what was known; what others say of it only adds.
   * @returns the heads that are new; null where nothing at all is
   */
  take(heads: JournalHead[], peers: PeerAddresses[], from: DeviceKey): JournalHead[] | null {
    const fresh = heads.filter((head) => this.#takeHead(head))
    const moved = peers.filter((peer) => this.#addresses.take(peer, from))
    return fresh.length + moved.length > 0 ? fresh : null
  }

  /** Heads and addresses learnt since `mark`. */
  since({ heads, addresses }: Mark): News {
    const { heads: all } = this.#options.state
    const mark = { heads: all.length, addresses: this.#addresses.changes }
    return { heads: all.slice(heads), peers: this.#addresses.since(addresses), mark }
  }

  /** A member is linked, and from there. */
  linkedFrom(device: DeviceKey, address: Address): void {
    this.#addresses.linked(device, address)
  }

  /** Where a member was last reached, or said it could be. */
  addressesOf(device: DeviceKey): Address[] {
    return this.#addresses.of(device)
  }

  /** True where it is genuine and new. */
  #takeHead(head: JournalHead): boolean {
    const { state, roster } = this.#options
    const { id, members } = state
    if (!this.#room.has(head, roster(), members) || !isGenuineHead(id, head)) return false
    state.heads.push(head)
    return true
  }
}
