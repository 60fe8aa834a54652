// A link over any Noise stream: what the rest of the engine sees of a connection.

import type NoiseSecretStream from '@hyperswarm/secret-stream'
import Protomux from 'protomux'
import type { DeviceKey } from '../types/keys.ts'
import type { Link } from '../types/link.ts'

export class StreamLink implements Link {
  readonly device: DeviceKey
  readonly kind: string
  readonly stream: NoiseSecretStream
  readonly mux: Protomux
  readonly openedAtMs: number
  closed = false
  up = false

  constructor(kind: string, stream: NoiseSecretStream, nowMs: number) {
    this.kind = kind
    this.stream = stream
    this.device = stream.remotePublicKey
    this.openedAtMs = nowMs
    this.mux = Protomux.from(stream)
    stream.setMaxListeners(0)
    stream.on('error', () => {})
    stream.on('close', () => {
      this.closed = true
    })
  }

  get rttMs(): number {
    return this.stream.rawStream?.rtt ?? 0
  }

  close(): void {
    this.closed = true
    this.stream.destroy()
  }
}
