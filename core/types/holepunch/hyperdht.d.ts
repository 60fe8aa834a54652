// Typings of what the engine calls of hyperdht, which ships none.

declare module 'hyperdht' {
  import type NoiseSecretStream from '@hyperswarm/secret-stream'
  import type { KeyPair } from 'hypercore-crypto'

  interface Address {
    host: string
    port: number
  }
  interface DHTServer {
    listen(keyPair: KeyPair): Promise<void>
    close(): Promise<void>
    /** Inside: what tells the DHT of this server. */
    _announcer: { stopped: boolean; _activeQuery: { destroy(): void } | null } | null
    address(): { publicKey: Uint8Array; host: string; port: number } | null
    on(event: 'connection', fn: (conn: NoiseSecretStream) => void): this
  }
  export default class HyperDHT {
    constructor(opts?: {
      bootstrap?: (Address | string)[]
      nodes?: Address[]
      keyPair?: KeyPair
      port?: number
      host?: string
      anyPort?: boolean
      ephemeral?: boolean
      firewalled?: boolean
      connectionKeepAlive?: number | false
    })
    static keyPair(seed?: Uint8Array): KeyPair
    static bootstrapper(port: number, host: string, opts?: object): HyperDHT
    bind(): Promise<void>
    ready(): Promise<void>
    fullyBootstrapped(): Promise<void>
    destroy(opts?: { force?: boolean }): Promise<void>
    suspend(): Promise<void>
    resume(): Promise<void>
    address(): { host: string; family: number; port: number } | null
    localAddress(): Address | null
    remoteAddress(): Address | null
    createServer(
      opts: {
        firewall?: (
          remotePublicKey: Uint8Array,
          payload: unknown,
          clientAddress?: unknown
        ) => boolean
        shareLocalAddress?: boolean
        handshakeClearWait?: number
      },
      onconnection?: (conn: NoiseSecretStream) => void
    ): DHTServer
    connect(
      publicKey: Uint8Array,
      opts?: {
        keyPair?: KeyPair
        relayAddresses?: Address[]
        localConnection?: boolean
        fastOpen?: boolean
      }
    ): NoiseSecretStream
    on(event: string, fn: (...args: any[]) => void): this
    off(event: string, fn: (...args: any[]) => void): this
  }
  export type { Address, DHTServer }
}

declare module 'hyperdht/lib/noise-wrap.js' {
  import type { KeyPair } from 'hypercore-crypto'
  export default class NoiseWrap {
    constructor(keyPair: KeyPair, remotePublicKey: Uint8Array | null)
    send(payload: object): Uint8Array
  }
}

declare module 'hyperdht/testnet.js' {
  import type HyperDHT from 'hyperdht'
  import type { Address } from 'hyperdht'
  interface Testnet {
    nodes: HyperDHT[]
    bootstrap: Address[]
    createNode(opts?: object): HyperDHT
    destroy(): Promise<void>
  }
  export default function createTestnet(size?: number, opts?: object): Promise<Testnet>
}
