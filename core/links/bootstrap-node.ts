// A node of the DHT that others begin with, where a circle wants to depend on nobody's: it stays, answers,
// and knows nothing of circles.

import HyperDHT from 'hyperdht'
import ReadyResource from 'ready-resource'
import { TemoinError } from '../errors.ts'

export interface BootstrapNodeOptions {
  port: number
  host: string
}

export class BootstrapNode extends ReadyResource {
  readonly #options: BootstrapNodeOptions
  #dht: HyperDHT | null = null

  constructor(options: BootstrapNodeOptions) {
    super()
    this.#options = options
  }

  protected override async _open(): Promise<void> {
    const { port, host } = this.#options
    this.#dht = HyperDHT.bootstrapper(port, host, { anyPort: false })
    try {
      await this.#dht.ready()
    } catch (err) {
      const sentence = `The UDP port ${port} for the DHT node is taken: set --dht-node to another one`
      throw new TemoinError('BAD_INPUT', sentence, { cause: err })
    }
  }

  protected override async _close(): Promise<void> {
    await this.#dht?.destroy()
  }

  get port(): number {
    return this.#dht?.address()?.port ?? 0
  }
}
