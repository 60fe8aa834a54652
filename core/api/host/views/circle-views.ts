// Keeps the circles in the state, each as it is now.

import { hex } from '../../../encoding/hex.ts'
import z32 from 'z32'
import type { Device } from '../../../device.ts'
import type { Exchange } from '../../../exchange/exchange.ts'
import type { Peer } from '../../../exchange/members/peer.ts'
import type { Replica } from '../../../replica/replica.ts'
import { Gather } from '../gather.ts'
import type { StateStore } from '../state-store.ts'
import { circleState } from './circle-view.ts'
import { LastSaid } from './last-said.ts'

const CHANGED_MS = 150
/** Who films is behind by time alone, and a member that leaves has left one day. */
const LOOK_MS = 3000

export interface CircleViewsOptions {
  device: Device
  store: StateStore
  mine: () => readonly Replica[]
  now: () => number
}

export class CircleViews {
  readonly #options: CircleViewsOptions
  readonly #lastSaid = new Map<string, LastSaid>()
  readonly #heldBytes = new Map<string, number>()
  readonly #show = new Gather(() => this.#showAll(), CHANGED_MS)
  #timer: Timer | null = null

  constructor(options: CircleViewsOptions) {
    this.#options = options
  }

  start(): void {
    const { device } = this.#options
    device.on('line', this.#onNews)
    device.on('presence', this.#onPresence)
    device.on('alarm', this.#onNews)
    device.on('progress', this.#onNews)
    this.#timer = setInterval(() => {
      void this.#count()
      this.refresh()
    }, LOOK_MS)
    this.#showAll()
    void this.#count()
  }

  stop(): void {
    const { device } = this.#options
    device.off('line', this.#onNews)
    device.off('presence', this.#onPresence)
    device.off('alarm', this.#onNews)
    device.off('progress', this.#onNews)
    clearInterval(this.#timer)
    this.#show.stop()
  }

  refresh(): void {
    this.#show.ask()
  }

  /** At once: an answer speaks of it. */
  showNow(): void {
    this.#showAll()
  }

  #showAll(): void {
    const { device, store, mine, now } = this.#options
    const own = mine()
    for (const exchange of device.circles) {
      const id = z32.encode(exchange.circle.id)
      const lastSaid = this.#lastSaidIn(exchange)
      lastSaid.readOn(now())
      const heldBytes = this.#heldBytes.get(id) ?? 0
      const facts = { device, exchange, heldBytes, mine: own, lastSaid }
      store.put('circles', id, circleState(facts, now()))
    }
  }

  async #count(): Promise<void> {
    const { device } = this.#options
    for (const exchange of device.circles) {
      const bytes = await exchange.heldBytes().catch(() => null)
      if (bytes !== null) this.#heldBytes.set(z32.encode(exchange.circle.id), bytes)
    }
  }

  #lastSaidIn({ circle }: Exchange): LastSaid {
    const id = hex(circle.id)
    const known = this.#lastSaid.get(id) ?? new LastSaid(circle)
    this.#lastSaid.set(id, known)
    return known
  }

  readonly #onNews = (): void => this.#show.ask()

  readonly #onPresence = (peer: Peer, exchange: Exchange): void => {
    this.#lastSaidIn(exchange).met(peer.device, this.#options.now())
    this.#show.ask()
  }
}
