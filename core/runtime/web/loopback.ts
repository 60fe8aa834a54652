// An HTTP server on this machine's loopback, and every socket it has: how it listens, how many it takes,
// how it ends. What it answers, and whom it trusts, is for whoever opens it.
// Must never: listen on anything but 127.0.0.1, leave a socket behind when it is closed, or let those that
// nobody trusts keep others out.

import http from '#http'
import ReadyResource from 'ready-resource'
import { TemoinError } from '../../errors.ts'

export const LOOPBACK = '127.0.0.1'

export interface LoopbackOptions {
  /** 0 for any that is free. */
  port: number
  /** Connections at once. One more takes the place of the oldest that is not trusted, or has none. */
  maxConnections: number
  /** For all of a request to come in, ms. */
  requestTimeoutMs: number
  /** For a connection that is not trusted, whatever it does, ms. */
  strangerMs: number
  onRequest: (request: any, response: any) => void
  /** @default upgrades are answered as requests are */
  onUpgrade?: (request: any, socket: any, head: Uint8Array) => void
  /** What came is no HTTP, or came too slowly. @default the platform's own bare answer */
  onBroken?: (socket: any, status: 400 | 408 | 431) => void
  /** What to do where the port is taken: how the sentence ends. */
  remedy: string
}

export class Loopback extends ReadyResource {
  readonly #options: LoopbackOptions
  readonly #sockets = new Set<any>()
  /** Oldest first, each with what will end it. */
  readonly #strangers = new Map<any, Timer>()
  #server: any = null

  constructor(options: LoopbackOptions) {
    super()
    this.#options = options
  }

  protected override async _open(): Promise<void> {
    const { requestTimeoutMs, onRequest, onUpgrade, onBroken, port } = this.#options
    const server: any = http.createServer(
      {
        requestTimeout: requestTimeoutMs,
        headersTimeout: requestTimeoutMs,
        connectionsCheckingInterval: 1000, // Node looks for late ones so often
        requireHostHeader: false // whoever answers looks at it, and answers with its own headers
      } as any,
      onRequest
    )
    this.#server = server
    server.on('connection', (socket: any) => this.#onConnection(socket))
    server.on('checkExpectation', onRequest)
    if (onUpgrade) server.on('upgrade', onUpgrade)
    if (onBroken)
      server.on('clientError', (err: any, socket: any) => onBroken(socket, statusOf(err)))
    await new Promise<void>((resolve, reject) => {
      server.on('error', (err: any) => reject(portError(err, this.#options)))
      server.listen(port, LOOPBACK, () => resolve())
    })
  }

  protected override async _close(): Promise<void> {
    if (this.#server === null) return
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()))
    const gone = [...this.#sockets].map(
      (socket) => new Promise<void>((resolve) => socket.on('close', () => resolve()))
    )
    for (const socket of this.#sockets) socket.destroy()
    await Promise.all([closed, ...gone]) // those that speak WebSocket are not the server's any more
  }

  get port(): number {
    return this.#server?.address()?.port ?? 0
  }

  /** Sockets that are open, those that speak WebSocket as well. */
  get connections(): number {
    return this.#sockets.size
  }

  /** It has shown that it may ask: silence does not end it, and others do not take its place. */
  trust(socket: any): void {
    clearTimeout(this.#strangers.get(socket) ?? null)
    this.#strangers.delete(socket)
  }

  #onConnection(socket: any): void {
    const { maxConnections, strangerMs } = this.#options
    socket.on('error', () => {})
    if (this.closing) return socket.destroy()
    if (this.#sockets.size >= maxConnections && !this.#makeRoom()) return socket.destroy()
    this.#sockets.add(socket)
    this.#strangers.set(
      socket,
      setTimeout(() => this.#cut(socket), strangerMs)
    )
    socket.on('close', () => this.#forget(socket))
  }

  /** Whoever opens connections and says nothing loses them to whoever comes next. */
  #makeRoom(): boolean {
    for (const oldest of this.#strangers.keys()) {
      this.#cut(oldest)
      return true
    }
    return false
  }

  #cut(socket: any): void {
    this.#forget(socket)
    socket.destroy()
  }

  #forget(socket: any): void {
    this.trust(socket)
    this.#sockets.delete(socket)
  }
}

/** Node and Bare name what went wrong differently. */
function statusOf({ code }: { code?: string }): 400 | 408 | 431 {
  if (/TIMEOUT/.test(code ?? '')) return 408
  return /OVERFLOW|TOO_LARGE/.test(code ?? '') ? 431 : 400
}

function portError(err: any, { port, remedy }: LoopbackOptions): unknown {
  if (err?.code !== 'EADDRINUSE' && err?.code !== 'EACCES') return err
  const sentence = `The port ${port} is taken, or not for you: ${remedy}`
  return new TemoinError('BAD_INPUT', sentence, { cause: err })
}
