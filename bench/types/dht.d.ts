// The parts of hyperdht and dht-rpc that are wrapped to count what is asked of nodes.

declare module 'dht-rpc/lib/io.js' {
  export default class IO {
    createRequest(
      to: unknown,
      token: unknown,
      internal: boolean,
      command: number,
      ...rest: unknown[]
    ): unknown
  }
}

declare module 'hyperdht/lib/constants.js' {
  export const COMMANDS: Record<
    'PEER_HANDSHAKE' | 'PEER_HOLEPUNCH' | 'FIND_PEER' | 'LOOKUP' | 'ANNOUNCE',
    number
  >
}
