// The parts of Node's net and http that the controls use. The engine never imports these (the lint sees
// to that): only what people would use instead of it does.

declare module 'net' {
  export interface Socket {
    setNoDelay(on: boolean): void
    write(bytes: Uint8Array): boolean
    end(): void
    destroy(): void
    on(event: 'data', fn: (bytes: Uint8Array) => void): void
    on(event: 'close' | 'connect', fn: () => void): void
    on(event: 'error', fn: (err: Error) => void): void
    once(event: 'drain' | 'connect', fn: () => void): void
  }
  export interface Server {
    listen(port: number, host: string, done: () => void): void
    address(): { port: number }
    close(): void
  }
  const net: {
    createServer(onSocket: (socket: Socket) => void): Server
    connect(port: number, host: string): Socket
  }
  export default net
}

declare module 'http' {
  import type { Server } from 'net'
  export interface Incoming {
    method: string
    url: string
    statusCode: number
    on(event: 'data', fn: (bytes: Uint8Array) => void): void
    on(event: 'end', fn: () => void): void
    resume(): void
  }
  export interface Response {
    statusCode: number
    writeHead(status: number, headers: Record<string, string>): void
    write(bytes: Uint8Array): boolean
    end(body?: string): void
    on(event: 'close', fn: () => void): void
  }
  export interface Request {
    on(event: 'response', fn: (response: Incoming) => void): void
    on(event: 'error', fn: (err: Error) => void): void
    end(bytes: Uint8Array): void
  }
  export class Agent {
    constructor(options: { keepAlive: boolean; noDelay: boolean })
    destroy(): void
  }
  const http: {
    Agent: typeof Agent
    createServer(onRequest: (request: Incoming, response: Response) => void): Server
    request(options: {
      host: string
      port: number
      path: string
      method: 'PUT'
      agent: Agent
      headers: Record<string, number>
    }): Request
  }
  export default http
}
