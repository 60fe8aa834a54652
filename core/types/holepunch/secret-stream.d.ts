// Typings of what the engine calls of @hyperswarm/secret-stream, which ships none.

declare module '@hyperswarm/secret-stream' {
  export default class NoiseSecretStream {
    constructor(isInitiator: boolean, rawStream?: unknown, opts?: object)
    publicKey: Uint8Array
    remotePublicKey: Uint8Array
    handshakeHash: Uint8Array
    isInitiator: boolean
    opened: Promise<boolean>
    connected: boolean
    destroyed: boolean
    destroying: boolean
    rawStream: {
      rtt?: number
      remoteHost?: string
      remotePort?: number
      bytesTransmitted?: number
      bytesReceived?: number
      packetsReceived?: number
      inflight?: number
    }
    rawBytesRead: number
    rawBytesWritten: number
    userData: unknown
    setKeepAlive(ms: number): void
    setTimeout(ms: number): void
    destroy(err?: Error | null): void
    write(data: Uint8Array): boolean
    /** A datagram beside the stream: may be lost, and waits for nothing. */
    trySend(data: Uint8Array): void
    end(): void
    on(event: string, fn: (...args: any[]) => void): this
    once(event: string, fn: (...args: any[]) => void): this
    off(event: string, fn: (...args: any[]) => void): this
    removeListener(event: string, fn: (...args: any[]) => void): this
    setMaxListeners(n: number): void
  }
}
