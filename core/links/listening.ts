// One place where a device listens. Whoever knows an address of it can connect at once; the DHT is told
// meanwhile, which without any network takes half a minute, and nobody waits for that: a film begins,
// two phones on one hotspot meet.
// Must never: let anybody in after `close` was called.

import type HyperDHT from 'hyperdht'
import type { DHTServer } from 'hyperdht'
import type NoiseSecretStream from '@hyperswarm/secret-stream'
import type { KeyPair } from 'hypercore-crypto'
import { forgetRefused } from './limits/refused-handshakes.ts'

export class Listening {
  readonly #server: DHTServer
  #closed = false

  /** @param dht may still be looking for its first nodes */
  private constructor(
    dht: HyperDHT,
    lets: (remote: Uint8Array) => boolean,
    onStream: (stream: NoiseSecretStream) => void
  ) {
    const firewall = (remote: Uint8Array): boolean => this.#closed || !lets(remote)
    this.#server = dht.createServer({ firewall }, onStream)
    forgetRefused(this.#server)
  }

  /**
   * Resolves once it can be reached at the port of `dht`.
   * @throws what the system says where no port could be had, or hyperdht where that key is listened at already
   */
  static async open(
    dht: HyperDHT,
    keyPair: KeyPair,
    lets: (remote: Uint8Array) => boolean,
    onStream: (stream: NoiseSecretStream) => void
  ): Promise<Listening> {
    const listening = new Listening(dht, lets, onStream)
    await dht.bind()
    const told = listening.#server.listen(keyPair)
    told.catch(() => {}) // where it fails after it began: nobody finds us through the DHT
    await Promise.race([told, soon()])
    return listening
  }

  async close(): Promise<void> {
    this.#closed = true
    stopTelling(this.#server)
    await this.#server.close()
  }
}

/** hyperdht listens with its next steps, which wait for nothing once the port is there. */
function soon(): Promise<void> {
  return new Promise((resolve) => void setTimeout(resolve, 0))
}

/** hyperdht closes a server once it is announced; what it waits for is given up. */
function stopTelling(server: DHTServer): void {
  const announcer = server._announcer
  if (!announcer?._activeQuery) return
  announcer.stopped = true
  announcer._activeQuery.destroy()
}
