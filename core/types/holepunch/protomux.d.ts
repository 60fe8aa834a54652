// Typings of what the engine calls of protomux, which ships none.

declare module 'protomux' {
  import type { Encoder } from 'compact-encoding'

  interface Message<T> {
    send(value: T): boolean
  }
  interface Channel {
    opened: boolean
    closed: boolean
    userData: unknown
    messages: Message<any>[]
    open(handshake?: unknown): void
    close(): void
    cork(): void
    uncork(): void
  }
  interface ChannelOptions {
    protocol: string
    id?: Uint8Array | null
    unique?: boolean
    userData?: unknown
    handshake?: Encoder<any> | null
    messages: { encoding: any; onmessage: (value: any, channel: Channel) => unknown }[]
    onopen?: (handshake: any, channel: Channel) => unknown
    onclose?: (isRemote: boolean, channel: Channel) => unknown
    ondrain?: (channel: Channel) => unknown
    ondestroy?: (channel: Channel) => unknown
  }
  export default class Protomux {
    constructor(stream: unknown)
    static from(stream: unknown): Protomux
    stream: import('@hyperswarm/secret-stream').default
    createChannel(opts: ChannelOptions): Channel | null
    opened(opts: { protocol: string; id?: Uint8Array | null }): boolean
    /** The channel opened last under that name, opened by the other end as well or not; null where none is. */
    getLastChannel(opts: { protocol: string; id?: Uint8Array | null }): Channel | null
    /** Channels that are open, or being opened, here. */
    [Symbol.iterator](): IterableIterator<Channel>
    pair(
      opts: { protocol: string; id?: Uint8Array | null },
      notify: (id: Uint8Array | null) => unknown
    ): void
    unpair(opts: { protocol: string; id?: Uint8Array | null }): void
    /** How many times it was corked and not uncorked. */
    corked: number
    /** The stream took all that was written. */
    drained: boolean
    cork(): void
    uncork(): void
    destroy(err?: Error): void
  }
  export type { Channel, ChannelOptions, Message }
}
