// Where the members of a circle were last reached, or said they could be: kept in the device's state.
// What a device says of its own addresses replaces what was known; what others say of it only adds.

import b4a from 'b4a'
import { addressKey } from '../encoding/address.ts'
import type { Address } from '../encoding/address.ts'
import type { PeerAddresses } from '../encoding/pairing.ts'
import { MAX_ADDRESSES, MAX_MEMBERS } from '../limits.ts'
import type { DeviceKey } from '../types/keys.ts'

export class AddressBook {
  readonly #peers: PeerAddresses[]
  readonly #self: DeviceKey
  /** When what is known of a device changed last, counted from the making of this book. */
  readonly #changedAt = new WeakMap<PeerAddresses, number>()
  #changes = 0

  /** @param peers the list as remembered; changed in place */
  constructor(peers: PeerAddresses[], self: DeviceKey) {
    this.#peers = peers
    this.#self = self
  }

  of(device: DeviceKey): Address[] {
    return this.#find(device)?.addresses ?? []
  }

  /** How often anything has changed since this book was made. */
  get changes(): number {
    return this.#changes
  }

  /** What has changed after the first so many changes; everything for -1. */
  since(changes: number): PeerAddresses[] {
    return this.#peers.filter((peer) => (this.#changedAt.get(peer) ?? 0) > changes)
  }

  /** @param from who says it @returns true where it is news */
  take({ device, addresses }: PeerAddresses, from: DeviceKey): boolean {
    if (addresses.length === 0 || b4a.equals(device, this.#self)) return false
    const known = this.#find(device)
    if (!known && this.#peers.length >= MAX_MEMBERS) return false
    const firstHand = b4a.equals(device, from)
    const merged = firstHand ? addresses : mergeAddresses(known?.addresses ?? [], addresses)
    if (known && sameAddresses(known.addresses, merged)) return false
    const peer = known ?? { device, addresses: merged }
    peer.addresses = merged
    if (!known) this.#peers.push(peer)
    this.#changedAt.set(peer, ++this.#changes)
    return true
  }

  #find(device: DeviceKey): PeerAddresses | undefined {
    return this.#peers.find((peer) => b4a.equals(peer.device, device))
  }
}

/** What was known first, then what is new, up to the limit. */
function mergeAddresses(known: Address[], fresh: Address[]): Address[] {
  const merged = new Map<string, Address>()
  for (const address of [...known, ...fresh]) {
    if (!merged.has(addressKey(address))) merged.set(addressKey(address), address)
  }
  return [...merged.values()].slice(0, MAX_ADDRESSES)
}

function sameAddresses(a: Address[], b: Address[]): boolean {
  return a.map(addressKey).sort().join() === b.map(addressKey).sort().join()
}
