// An HTTP server on this machine's loopback, and every socket it has: how it listens, how many it takes,
// how it ends. What it answers is for whoever opens it.
// Must never: listen on anything but 127.0.0.1, or leave a socket behind when it is closed.

import http from '#http'
import ReadyResource from 'ready-resource'
import { TemoinError } from '../../errors.ts'

export const LOOPBACK = '127.0.0.1'

export interface LoopbackOptions {
  /** 0 for any that is free. */
  port: number
  /** Connections at once; one more is cut. */
  maxConnections: number
  /** For all of a request to come in, ms. */
  requestTimeoutMs: number
  /** For a connection, whatever it does, ms. @default forever */
  lifeMs?: number
  onRequest: (request: any, response: any) => void
  /** @default upgrades are answered as requests are */
  onUpgrade?: (request: any, socket: any, head: Uint8Array) => void
  /** What to do where the port is taken: how the sentence ends. */
  remedy: string
}

export class Loopback extends ReadyResource {
  readonly #options: LoopbackOptions
  readonly #sockets = new Set<any>()
  #server: any = null

  constructor(options: LoopbackOptions) {
    super()
    this.#options = options
  }

  protected override async _open(): Promise<void> {
    const { requestTimeoutMs, onRequest, onUpgrade, port } = this.#options
    const timeouts = { requestTimeout: requestTimeoutMs, headersTimeout: requestTimeoutMs }
    const checks = { connectionsCheckingInterval: 1000 } // Node looks for late ones so often
    const server: any = http.createServer({ ...timeouts, ...checks } as any, onRequest)
    this.#server = server
    server.on('connection', (socket: any) => this.#onConnection(socket))
    if (onUpgrade) server.on('upgrade', onUpgrade)
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

  #onConnection(socket: any): void {
    const { maxConnections, lifeMs } = this.#options
    socket.on('error', () => {})
    if (this.closing || this.#sockets.size >= maxConnections) return socket.destroy()
    this.#sockets.add(socket)
    const timer = lifeMs === undefined ? null : setTimeout(() => socket.destroy(), lifeMs)
    socket.on('close', () => {
      clearTimeout(timer)
      this.#sockets.delete(socket)
    })
  }
}

function portError(err: any, { port, remedy }: LoopbackOptions): unknown {
  if (err?.code !== 'EADDRINUSE' && err?.code !== 'EACCES') return err
  const sentence = `The port ${port} is taken, or not for you: ${remedy}`
  return new TemoinError('BAD_INPUT', sentence, { cause: err })
}
