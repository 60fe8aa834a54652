// The members that an invite has brought in, and whether each has what it needs to go on without the
// device that let it in: the journals, which say who the others are and where.

import b4a from 'b4a'
import type { Device } from '../../core/device.ts'
import type { Exchange } from '../../core/exchange/exchange.ts'
import type { Peer } from '../../core/exchange/members/peer.ts'
import type { DeviceKey } from '../../core/types/keys.ts'
import { knowsAll } from '../facts/journals.ts'

interface Newcomer {
  device: DeviceKey
  /** It has been linked as a member since it was let in. */
  met: boolean
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
    this.#all.push({ device, met: false })
  }

  /** True where each of them has the journals, or came and has gone again. */
  areServed(): boolean {
    const { circle } = this.#exchange
    return this.#all.every(({ device, met }) => {
      const here = this.#exchange.peerOf(device) !== null
      return here ? knowsAll(circle, device) : met
    })
  }

  stop(): void {
    this.#device.off('presence', this.#onPresence)
  }

  readonly #onPresence = (peer: Peer): void => {
    const found = this.#all.find(({ device }) => b4a.equals(device, peer.device))
    if (found) found.met = true
  }
}
