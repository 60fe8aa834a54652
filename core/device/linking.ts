// Where the network meets the circles: whom it admits, whom it stays linked with, what happens with a
// link once it is there, and that its port stays the one that others were told.

import ReadyResource from 'ready-resource'
import { addressKey } from '../encoding/address.ts'
import { hex } from '../encoding/hex.ts'
import type { Circles } from '../exchange/members/circles.ts'
import { Network } from '../links/network.ts'
import type { StreamLink } from '../links/stream/stream-link.ts'
import type { DeviceKey } from '../types/keys.ts'
import type { Identity } from './identity.ts'
import type { DeviceOptions } from './options.ts'

export interface LinkingOptions {
  options: DeviceOptions
  /** The port it remembers is asked for, and replaced where another was had. */
  identity: Identity
  /** Asked for each time: they are other ones after a full disk. */
  circles: () => Circles
  now: () => number
}

export class Linking extends ReadyResource {
  readonly network: Network
  readonly #options: LinkingOptions
  /** Addresses of a member when it was last dialled for having new ones. */
  readonly #dialledAt = new Map<string, string>()

  constructor(options: LinkingOptions) {
    super()
    this.#options = options
    const { identity, circles, now } = options
    const { bootstrap, host, lan = true } = options.options
    this.network = new Network({
      keyPair: identity.keys.noise,
      bootstrap,
      host,
      lan,
      port: options.options.port ?? identity.state.port,
      admits: (device) => circles().admits(device),
      addressesOf: (device) => circles().addressesOf(device),
      now
    })
  }

  protected override async _open(): Promise<void> {
    const { circles } = this.#options
    this.network.on('link', (link) => this.#adopt(link))
    this.network.on('unlink', (link) => circles().removeLink(link))
    this.network.on('placed', () => circles().sayHelloToAll())
    await this.network.ready()
    try {
      await this.#rememberPort()
    } catch (err) {
      await this.network.close()
      throw err
    }
    this.refresh()
  }

  protected override async _close(): Promise<void> {
    await this.network.close()
  }

  /** Whoever any of our circles admits is a device to stay linked with. */
  refresh(): void {
    if (this.closing) return
    const circles = this.#options.circles()
    const others = circles.others()
    this.network.setMembers(others)
    for (const device of others) this.#nudgeWhereNew(device)
    for (const link of this.network.links) circles.addLink(link)
  }

  /** Fresh links open fresh channels: after the circles were opened anew. */
  renew(): void {
    for (const link of this.network.links) link.close()
    this.refresh()
  }

  /** Only where it can be reached has changed: whoever speaks of others must not have them dialled for ever. */
  #nudgeWhereNew(device: DeviceKey): void {
    const addresses = this.#options.circles().addressesOf(device).map(addressKey).sort().join()
    if (this.#dialledAt.get(hex(device)) === addresses) return
    this.#dialledAt.set(hex(device), addresses)
    this.network.nudge(device)
  }

  async #rememberPort(): Promise<void> {
    const { identity } = this.#options
    if (identity.state.port === this.network.port) return
    identity.state.port = this.network.port
    await identity.save()
  }

  #adopt(link: StreamLink): void {
    const { circles } = this.#options
    link.mux.pair({ protocol: 'hypercore/alpha' }, (discoveryKey) =>
      discoveryKey ? circles().serve(link, discoveryKey) : undefined
    )
    circles().addLink(link)
  }
}
