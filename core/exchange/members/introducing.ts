// What a member is told in hellos: where this device is, what it has room for, and what it has learnt of
// others, each of which it is told once.
// Must never: keep from a member for good what it does not know.

import b4a from 'b4a'
import type { Circle } from '../../circle/circle.ts'
import { journalIdOf } from '../../circle/journal/journal-head.ts'
import { NOTHING_TOLD } from '../../circle/remembered/news.ts'
import type { News } from '../../circle/remembered/news.ts'
import type { Address } from '../../encoding/address.ts'
import type { Hello, Room } from '../../encoding/control.ts'
import type { JournalHead } from '../../encoding/journal/journal-head.ts'
import type { DeviceKey } from '../../types/keys.ts'
import type { Peer } from './peer.ts'

/**
 * Where somebody is now everybody tells everybody, for nobody sees who is linked with whom: in a circle of
 * fifty in which somebody comes every ten seconds, most hellos, each of which is written down. So each member
 * is told so once in as many seconds as members are linked, of all that came meanwhile.
 */
const EVERY_MS_A_MEMBER = 1000
/** A head that so many linked members told us of is on its way to all: it is told on no faster than that. */
const TOLD_AROUND = 3
/** Devices whose addresses fit a hello. */
const MAX_PEERS = 256

export interface IntroducingOptions {
  circle: Circle
  self: DeviceKey
  /** Where this device can be reached now. */
  addresses: () => Address[]
  room: () => Room
  /** Members linked and heard from. */
  peers: () => Peer[]
  now: () => number
}

export class Introducing {
  readonly #options: IntroducingOptions

  constructor(options: IntroducingOptions) {
    this.#options = options
  }

  /** Everything at first, then what this peer has not been told on this link and does not tell of itself. */
  hello(peer: Peer): Hello {
    const { addresses, now, self, room } = this.#options
    const { heads, peers } = this.#newsFor(peer)
    const here = { device: self, addresses: addresses() }
    return { wallMs: now(), heads, peers: [here, ...peers].slice(0, MAX_PEERS), room: room() }
  }

  /** What others have told us of themselves, where it is time. @returns true where there was any of it */
  introduce(peer: Peer): boolean {
    const before = peer.told
    const { heads, peers } = this.#newsFor(peer)
    if (heads.length + peers.length === 0) return false
    peer.told = before
    const everyMs = EVERY_MS_A_MEMBER * this.#options.peers().length
    if (!peer.mayBeIntroduced(everyMs) && !heads.some((head) => this.#isNew(head))) return false
    peer.channel?.sayHello(this.hello(peer))
    return true
  }

  #newsFor(peer: Peer): Omit<News, 'mark'> {
    const isFirst = peer.told === NOTHING_TOLD
    const { heads, peers, mark } = this.#options.circle.introductions.since(peer.told)
    peer.told = mark
    if (isFirst) return { heads, peers }
    return {
      heads: heads.filter((head) => !peer.journals.knows(journalIdOf(head))),
      peers: peers.filter(({ device }) => !b4a.equals(device, peer.device))
    }
  }

  #isNew(head: JournalHead): boolean {
    const id = journalIdOf(head)
    const telling = this.#options.peers().filter(({ journals }) => journals.hasToldHead(id))
    return telling.length < TOLD_AROUND
  }
}
