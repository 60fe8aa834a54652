// What carries data between two devices: one Noise-authenticated stream, whatever it runs over.
// Lower layers know links only by this shape; `core/links/` makes them.

import type NoiseSecretStream from '@hyperswarm/secret-stream'
import type Protomux from 'protomux'
import type { KeyPair } from 'hypercore-crypto'
import type { Address } from '../encoding/address.ts'
import type { DeviceKey } from './keys.ts'

export interface Link {
  /** The authenticated other end. */
  readonly device: DeviceKey
  /** How it runs, for people: 'dht', 'direct'. */
  readonly kind: string
  readonly stream: NoiseSecretStream
  readonly mux: Protomux
  readonly closed: boolean
  /** True once the other end has said something: only then does the link count as up. */
  up: boolean
  /** True where the other end is on the same local network. */
  readonly near: boolean
  /** True where a third device carries it. */
  readonly relayed: boolean
  /** Where the other end is now; null, or nothing, where the carrier cannot tell. */
  readonly address?: Address | null
  /** Smoothed round trip, ms; 0 where the carrier cannot tell. */
  readonly rttMs: number
  close(): void
}

/** How two devices that do not know each other yet meet: only under keys that an invite gives. */
export interface Rendezvous {
  /** Accepts streams at `keyPair` from the holder of `only`, and from nobody else. */
  listen(
    keyPair: KeyPair,
    only: Uint8Array,
    onStream: (stream: NoiseSecretStream) => void
  ): Promise<{ close(): Promise<void> }>
  /** Tries once; the stream errors where nobody is there. */
  connect(remote: Uint8Array, keyPair: KeyPair, addresses: Address[]): NoiseSecretStream
  /** Resolves once `addresses` tells what can be known of it, or after a moment. */
  placed(): Promise<void>
  /** Where this device can be reached now. */
  addresses(): Address[]
}
