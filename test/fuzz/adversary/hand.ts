// A hostile member's end of a link, every byte of it written by hand: it greets, and then says what no
// honest program would.

import b4a from 'b4a'
import c from 'compact-encoding'
import type { Assert } from 'brittle'
import {
  CONTROL_IDS,
  CONTROL_MESSAGES,
  CONTROL_NAMES
} from '../../../core/encoding/control-messages.ts'
import type { ControlBody, ControlName } from '../../../core/encoding/control-messages.ts'
import type { Hello } from '../../../core/encoding/control.ts'
import { encode } from '../../../core/encoding/wire.ts'
import type { Codec } from '../../../core/encoding/wire.ts'
import { plug } from '../../helpers/devices/station.ts'
import { wire } from '../../helpers/devices/wire.ts'
import type { Wire } from '../../helpers/devices/wire.ts'
import type { Actor } from './actor.ts'

/** Wire ids that are nobody's. */
const UNKNOWN = 2
/** Those of the control channel, and after them those that are nobody's. */
export const IDS = CONTROL_NAMES.length + UNKNOWN

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
    const whole: Hello = { wallMs: Date.now(), heads: [], peers: [], room: 'open', ...body }
    this.say('hello', whole)
  }

  say<Name extends ControlName>(name: Name, body: ControlBody<Name>): void {
    this.sayBytes(CONTROL_IDS[name], encode(CONTROL_MESSAGES[name] as Codec<typeof body>, body))
  }

  /** Says `frame` as message `type` of the control channel, below `IDS`. */
  sayBytes(type: number, frame: Uint8Array): void {
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
