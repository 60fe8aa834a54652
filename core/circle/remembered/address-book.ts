// Where the members of a circle were last reached, or said they could be: kept in the device's state.
// What a device says of its own addresses replaces what it said before, and so with where it was linked
// from; what others say of it takes the places that are left, each of them as many as the others.
// Must never: let what is said at second hand take the place of what is known at first hand, or devices
// that anyone can make up that of members.

import b4a from 'b4a'
import { addressKey } from '../../encoding/address.ts'
import type { Address } from '../../encoding/address.ts'
import { hex } from '../../encoding/hex.ts'
import type { PeerAddresses } from '../../encoding/pairing/pairing.ts'
import { MAX_ADDRESSES, MAX_MEMBERS } from '../../limits.ts'
import type { DeviceKey } from '../../types/keys.ts'
import { inTurns } from '../lists.ts'

/**
 * Of what is remembered from before a restart so many keep their place, which were the first in it: a phone
 * says two or three of itself. The rest gives way to what is said now.
 */
const REMEMBERED = MAX_ADDRESSES / 2
/**
 * Addresses of one device that are news because others say them, while this process runs. What each says on
 * hangs on what the others say: without an end, two that were lied to could go on telling each other.
 */
const MAX_NEWS = 64

export interface AddressBookOptions {
  /** The list as remembered; changed in place. */
  peers: PeerAddresses[]
  self: DeviceKey
  /** True for members, as far as is known. */
  isKnown: (device: DeviceKey) => boolean
}

/** Who says where one device is. */
interface Sources {
  linked: Address[]
  itself: Address[]
  /** By who says it. */
  others: Map<string, Address[]>
  /** All there ever were. */
  news: Set<string>
}

export class AddressBook {
  readonly #options: AddressBookOptions
  readonly #sources = new WeakMap<PeerAddresses, Sources>()
  /** When what is known of a device changed last, counted from the making of this book. */
  readonly #changedAt = new WeakMap<PeerAddresses, number>()
  #changes = 0

  constructor(options: AddressBookOptions) {
    this.#options = options
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
    return this.#options.peers.filter((peer) => (this.#changedAt.get(peer) ?? 0) > changes)
  }

  /** @param from who says it @returns true where it is news */
  take({ device, addresses }: PeerAddresses, from: DeviceKey): boolean {
    if (addresses.length === 0) return false
    const isFirstHand = b4a.equals(device, from)
    const peer = this.#place(device, isFirstHand)
    if (peer === null) return false
    const sources = this.#sourcesOf(peer)
    const before = isFirstHand ? sources.itself : sources.others.get(hex(from))
    if (isFirstHand) sources.itself = addresses
    else keepTold(sources.others, hex(from), addresses)
    if (before !== undefined && sameAddresses(before, addresses)) return false // as in most hellos
    const isChange = this.#merge(peer, sources)
    const isNew = addNews(sources.news, peer.addresses)
    const isNews = isChange && (isFirstHand || isNew)
    if (isNews) this.#changedAt.set(peer, ++this.#changes)
    return isNews
  }

  /**
   * It is linked, and from there: tried after what it says itself, for it may be the port it dials from. No
   * news for others, who would not reach it there behind a router.
   */
  linked(device: DeviceKey, address: Address): void {
    const peer = this.#place(device, true)
    if (peer === null) return
    const sources = this.#sourcesOf(peer)
    sources.linked = [address]
    this.#merge(peer, sources)
  }

  /** The entry of a device, made where there is room. */
  #place(device: DeviceKey, isFirstHand: boolean): PeerAddresses | null {
    const { peers, self, isKnown } = this.#options
    if (b4a.equals(device, self)) return null
    const known = this.#find(device)
    if (known) return known
    const isFull = peers.length >= MAX_MEMBERS
    if (isFull && !((isFirstHand || isKnown(device)) && this.#dropStranger())) return null
    const peer = { device, addresses: [] }
    peers.push(peer)
    return peer
  }

  #dropStranger(): boolean {
    const { peers, isKnown } = this.#options
    const strange = peers.findIndex(({ device }) => !isKnown(device))
    if (strange !== -1) peers.splice(strange, 1)
    return strange !== -1
  }

  #sourcesOf(peer: PeerAddresses): Sources {
    const { addresses } = peer
    const known = this.#sources.get(peer) ?? {
      linked: [],
      itself: addresses.slice(0, REMEMBERED),
      others: new Map([['', addresses.slice(REMEMBERED)]]),
      news: new Set(addresses.map(addressKey))
    }
    this.#sources.set(peer, known)
    return known
  }

  /** @returns true where that changes anything */
  #merge(peer: PeerAddresses, { linked, itself, others }: Sources): boolean {
    const firstHand = [...itself.slice(0, MAX_ADDRESSES - linked.length), ...linked]
    const all = [...firstHand, ...inTurns([...others.values()])]
    const merged = [...new Map(all.map((address) => [addressKey(address), address])).values()]
    const before = peer.addresses
    peer.addresses = merged.slice(0, MAX_ADDRESSES)
    return !sameAddresses(before, peer.addresses)
  }

  #find(device: DeviceKey): PeerAddresses | undefined {
    return this.#options.peers.find((peer) => b4a.equals(peer.device, device))
  }
}

/** What one of the others says replaces what it said; of too many, who has said nothing for longest goes. */
function keepTold(others: Map<string, Address[]>, from: string, addresses: Address[]): void {
  others.delete(from)
  others.set(from, addresses)
  const [oldest] = others.keys()
  if (others.size > MAX_ADDRESSES) others.delete(oldest!)
}

/** @returns true where there is one that was not among them, and room for it */
function addNews(news: Set<string>, addresses: Address[]): boolean {
  const fresh = addresses.map(addressKey).filter((key) => !news.has(key))
  const taken = fresh.slice(0, Math.max(0, MAX_NEWS - news.size))
  for (const key of taken) news.add(key)
  return taken.length > 0
}

function sameAddresses(a: Address[], b: Address[]): boolean {
  return a.map(addressKey).sort().join() === b.map(addressKey).sort().join()
}
