// A link over any Noise stream: what the rest of the engine sees of a connection.

import type NoiseSecretStream from '@hyperswarm/secret-stream'
import Protomux from 'protomux'
import type { Address } from '../../encoding/address.ts'
import { isLocalHost } from './local-host.ts'
import type { DeviceKey } from '../../types/keys.ts'
import type { Link } from '../../types/link.ts'
import { limitLink } from '../limits/limits-on-a-link.ts'

export class StreamLink implements Link {
  readonly device: DeviceKey
  readonly kind: string
  readonly stream: NoiseSecretStream
  readonly mux: Protomux
  readonly openedAtMs: number
  /** Nothing here is carried by a third device so far. */
  readonly relayed = false
  closed = false
  up = false
  /** Why it was closed, where that was for something the other end has sent; null otherwise. */
  failure: unknown = null
  /** The other end closed it; false as long as it stands. */
  wasReset = false

  constructor(kind: string, stream: NoiseSecretStream, nowMs: number) {
    this.kind = kind
    this.stream = stream
    this.device = stream.remotePublicKey
    this.openedAtMs = nowMs
    this.mux = Protomux.from(stream)
    limitLink(this, (err) => {
      this.failure = err
    })
    stream.setMaxListeners(0)
    stream.on('error', ({ code }: Error & { code?: string }) => {
      this.wasReset = code === 'ECONNRESET'
    })
    stream.on('close', () => {
      this.closed = true
    })
  }

  get near(): boolean {
    return isLocalHost(this.stream.rawStream?.remoteHost ?? '')
  }

  get rttMs(): number {
    return this.stream.rawStream?.rtt ?? 0
  }

  /** Where the other end is now, or null where that is not known. */
  get address(): Address | null {
    const { remoteHost, remotePort } = this.stream.rawStream ?? {}
    return remoteHost ? { host: remoteHost, port: remotePort! } : null
  }

  /** Packets that came in so far. */
  get packetsHeard(): number {
    return this.stream.rawStream?.packetsReceived ?? 0
  }

  /** Bytes sent that the other end has not acknowledged. */
  get inFlight(): number {
    return this.stream.rawStream?.inflight ?? 0
  }

  close(): void {
    this.closed = true
    this.stream.destroy()
  }
}
