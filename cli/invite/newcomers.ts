// The members that an invite has brought in, and whether each has what it needs to go on without the
// device that let it in: the journals, which say who the others are and where.

import b4a from 'b4a'
import type { Device } from '../../core/device.ts'
import type { Exchange } from '../../core/exchange/exchange.ts'
import type { Peer } from '../../core/exchange/members/peer.ts'
import type { DeviceKey } from '../../core/types/keys.ts'
import { knowsAll } from '../facts/journals.ts'

/** Of two links that cross one makes way, and a device that has much to do takes its time with the other. */
const GONE_MS = 3000

export interface NewcomerFacts {
  here: boolean
  /** It has had all journals at some moment. */
  hasHadAll: boolean
  /** For how long it has been away, ms; null where it is here, or never came. */
  goneMs: number | null
}

/** True where it has what it needs, or came and does not come back: then it had no more wishes. */
export function isServed({ here, hasHadAll, goneMs }: NewcomerFacts): boolean {
  return hasHadAll || (!here && goneMs !== null && goneMs >= GONE_MS)
}

interface Newcomer {
  device: DeviceKey
  /** It has been linked as a member since it was let in. */
  met: boolean
  hasHadAll: boolean
  goneAtMs: number | null
}

export class Newcomers {
  readonly #device: Device
  readonly #exchange: Exchange
  readonly #all: Newcomer[] = []

  constructor(device: Device, exchange: Exchange) {
    this.#device = device
    this.#exchange = exchange
    device.on('presence', this.#onPresence)
  }

  add(device: DeviceKey): void {
    this.#all.push({ device, met: false, hasHadAll: false, goneAtMs: null })
  }

  /** True where each of them has the journals, or came and has gone again. To be asked several times a second. */
  areServed(): boolean {
    return this.#all.map((one) => isServed(this.#lookAt(one))).every(Boolean)
  }

  stop(): void {
    this.#device.off('presence', this.#onPresence)
  }

  #lookAt(one: Newcomer): NewcomerFacts {
    const { circle } = this.#exchange
    const nowMs = Date.now()
    const here = this.#exchange.peerOf(one.device) !== null
    if (here) one.goneAtMs = null
    else if (one.met) one.goneAtMs ??= nowMs
    one.hasHadAll ||= here && knowsAll(circle, one.device)
    const goneMs = one.goneAtMs === null ? null : nowMs - one.goneAtMs
    return { here, hasHadAll: one.hasHadAll, goneMs }
  }

  readonly #onPresence = (peer: Peer): void => {
    const found = this.#all.find(({ device }) => b4a.equals(device, peer.device))
    if (found) found.met = true
  }
}
