// A hostile member's end of a link, every byte of it written by hand: it greets, and then says what no
// honest program would.

import b4a from 'b4a'
import c from 'compact-encoding'
import type { Assert } from 'brittle'
import { hello } from '../../../core/encoding/control.ts'
import type { Hello } from '../../../core/encoding/control.ts'
import { encode } from '../../../core/encoding/wire.ts'
import { plug } from '../../helpers/devices/station.ts'
import { wire } from '../../helpers/devices/wire.ts'
import type { Wire } from '../../helpers/devices/wire.ts'
import type { Actor } from './actor.ts'

/** Wire ids of the control channel; those above the known ones are nobody's. */
export const MESSAGES = {
  hello: 0,
  follow: 1,
  unfollow: 2,
  refuse: 3,
  block: 4,
  receipts: 5,
  film: 6
}
const IDS = 12

export class Hand {
  readonly ends: [number, number]
  readonly link: Wire
  readonly #channel: any
  readonly #onClose: (() => unknown)[] = []

  private constructor(ends: [number, number], link: Wire, id: Uint8Array) {
    this.ends = ends
    this.link = link
    this.#channel = link.a.mux.createChannel({
      protocol: 'temoin/control/1',
      id,
      messages: Array.from({ length: IDS }, () => ({ encoding: c.raw, onmessage: () => {} }))
    })
    this.#channel?.open()
  }

  /** Both are up. */
  static async reach(t: Assert, by: Actor, victim: Actor): Promise<Hand> {
    const link = await wire(t, by.keys.noise, victim.keys.noise)
    plug(victim.station!, link.b)
    const hand = new Hand([by.index, victim.index], link, by.station!.circle.channel)
    hand.greet()
    return hand
  }

  greet(body: Partial<Hello> = {}): void {
    const whole = { wallMs: Date.now(), heads: [], peers: [], room: 'open', ...body }
    this.say(MESSAGES.hello, encode(hello, whole))
  }

  /** Says `frame` as message `type` of the control channel. */
  say(type: number, frame: Uint8Array): void {
    if (!this.link.a.closed && this.#channel && !this.#channel.closed) {
      this.#channel.messages[type].send(b4a.from(frame))
    }
  }

  get closed(): boolean {
    return this.link.a.closed
  }

  /** Something to end together with the link. */
  also(close: () => unknown): void {
    this.#onClose.push(close)
  }

  close(): void {
    this.link.cut()
    for (const close of this.#onClose.splice(0)) close()
  }
}
