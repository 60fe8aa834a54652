// The members on the other ends of our links: a channel for each, hellos both ways, and who counts as
// here. A link counts once the other end has said hello.
// Must never: open a channel to a device that the circle does not admit.

import b4a from 'b4a'
import type { Circle } from '../../circle/circle.ts'
import { journalIdOf } from '../../circle/journal/journal-head.ts'
import type { JournalLine } from '../../circle/roster.ts'
import type { Hello } from '../../encoding/control.ts'
import { steady } from '../../runtime/clock.ts'
import { ControlChannel } from '../../replica/control-channel.ts'
import type { ControlHandlers } from '../../replica/control-channel.ts'
import type { DeviceKey } from '../../types/keys.ts'
import type { Link } from '../../types/link.ts'
import { Farewell } from './farewell.ts'
import { Peer } from './peer.ts'

/** A link that has said nothing by then is no link. Who has more to do than it can says hello late. */
const HELLO_TIMEOUT_MS = 30_000

export interface PeersOptions {
  circle: Circle
  /** What to tell it now. */
  hello: (peer: Peer) => Hello
  /** What to do with everything else that a member says. */
  handlers: (peer: Peer) => Omit<ControlHandlers, 'onHello' | 'onClose'>
  /** Heard from for the first time. */
  onGreeted: (peer: Peer) => void
  /** It said hello, for the first time or again. */
  onHello: (peer: Peer) => void
  /** Its channel is closed; it may never have been heard from. */
  onGone: (peer: Peer) => void
  /** It came, went, or said that its disk is full. */
  onPresence: (peer: Peer) => void
  now: () => number
}

export class Peers {
  readonly #options: PeersOptions
  readonly #all = new Map<Link, Peer>()
  /** Links on which the other end may open the channel, whether it is open or not. */
  readonly #links = new Set<Link>()
  readonly #farewell: Farewell
  readonly #steadyMs: () => number
  /** Asked for with nearly everything that happens; null where it has changed. */
  #greeted: Peer[] | null = null
  #closing = false

  constructor(options: PeersOptions) {
    this.#options = options
    this.#farewell = new Farewell(options.circle, this.#links)
    this.#steadyMs = steady(options.now)
  }

  close(): void {
    this.#closing = true
    const { circle } = this.#options
    for (const link of this.#links) {
      ControlChannel.expectNoMore(link, circle.channel)
      this.#farewell.ignore(link)
    }
    for (const peer of this.#all.values()) peer.channel?.close()
    this.#all.clear()
    this.#greeted = null
  }

  /** Members linked and heard from; a list that does not change. */
  get greeted(): Peer[] {
    this.#greeted ??= [...this.#all.values()].filter((peer) => peer.greeted)
    return this.#greeted
  }

  on(link: Link): Peer | null {
    return this.#all.get(link) ?? null
  }

  of(device: DeviceKey): Peer | null {
    return this.greeted.find((peer) => b4a.equals(peer.device, device)) ?? null
  }

  add(link: Link): void {
    const { circle, hello, handlers, now } = this.#options
    if (this.#closing || this.#all.has(link) || !circle.admits(link.device)) return
    const peer = new Peer(link, now(), this.#steadyMs)
    this.#all.set(link, peer)
    this.#links.add(link)
    ControlChannel.expect(link, circle.channel, () => this.add(link))
    this.#farewell.listen(link)
    peer.channel = ControlChannel.open(link, circle.channel, {
      ...handlers(peer),
      onHello: (message) => {
        peer.countHello()
        return this.#onHello(peer, message)
      },
      onClose: () => this.remove(link)
    })
    if (peer.channel === null) return void this.#all.delete(link)
    peer.channel.sayHello(hello(peer))
    peer.expectHello(HELLO_TIMEOUT_MS)
  }

  remove(link: Link): void {
    if (link.closed) this.#links.delete(link)
    const peer = this.#all.get(link)
    if (peer === undefined) return
    this.#all.delete(link)
    this.#greeted = null
    peer.gone()
    this.#options.onGone(peer)
    if (peer.greeted) this.#options.onPresence(peer)
  }

  sayHelloToAll(): void {
    const { hello } = this.#options
    for (const peer of this.#all.values()) peer.channel?.sayHello(hello(peer))
  }

  /** Whoever the circle does not admit any more is let go of. */
  dropStrangers(): void {
    const { circle } = this.#options
    for (const peer of this.#all.values()) {
      if (!circle.admits(peer.device)) peer.channel?.close()
    }
  }

  /** Of whom a line has cut off, those that are linked still are told so. */
  dismiss(line: JournalLine, devices: readonly DeviceKey[]): Promise<void> {
    return this.#farewell.say(line, devices)
  }

  async #onHello(peer: Peer, hello: Hello): Promise<void> {
    const { circle, onGreeted, onHello, onPresence, now } = this.#options
    const first = !peer.greeted
    const roomBefore = peer.room
    peer.heard(hello, now())
    if (first) this.#greeted = null
    if (first && peer.link.address) circle.introductions.linkedFrom(peer.device, peer.link.address)
    for (const head of hello.heads) peer.journals.noteHead(journalIdOf(head))
    await circle.meet(hello.heads, hello.peers, peer.device)
    if (this.#all.get(peer.link) !== peer) return // revoked, or gone, meanwhile
    if (first) onGreeted(peer)
    onHello(peer)
    if (first || roomBefore !== peer.room) onPresence(peer)
  }
}
