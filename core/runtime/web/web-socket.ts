// One end of a WebSocket, the same under Node (ws) and Bare (bare-ws): whole messages in and out, how much
// waits to leave, and holding back whoever sends too fast.
// Must never: take a message larger than it was told, or compress (what is secret beside what is not).

import b4a from 'b4a'
import EventEmitter from 'bare-events'
import * as ws from '#ws'

const { WebSocketServer } = ws as any
const isBare = WebSocketServer === undefined
const { Server, Socket } = ((ws as any).default ?? ws) as any

/** Whoever answers no ping for so long is gone. */
const IDLE_MS = 30_000
/** For the other side to answer our goodbye. */
const FAREWELL_MS = 1000

export interface WebSocketEvents {
  message: [message: Uint8Array | string]
  /** What waited has left. */
  drain: []
  close: []
}

export class WebSocketEnd extends EventEmitter<WebSocketEvents> {
  readonly #socket: any
  #waiting = 0
  #closed = false

  constructor(socket: any) {
    super()
    this.#socket = socket
    socket.on('error', () => {})
    socket.on('message', (data: Uint8Array, isBinary: boolean) => {
      if (!this.#closed) this.emit('message', isBinary ? data : b4a.toString(data as any))
    })
    if (isBare) socket.on('data', () => {}) // it is a stream as well, and wants to be read
    socket.on('close', () => this.#onClose())
  }

  /** Bytes that have not left this process. */
  get waitingBytes(): number {
    return this.#waiting
  }

  get isClosed(): boolean {
    return this.#closed
  }

  send(message: Uint8Array | string): void {
    if (this.#closed) return
    const bytes = typeof message === 'string' ? b4a.from(message) : message
    this.#waiting += bytes.byteLength
    const done = (): void => this.#onSent(bytes.byteLength)
    if (isBare) this.#socket.write(message, done)
    else this.#socket.send(bytes, { binary: bytes === message }, done)
  }

  /** What the other side sends stays with it; a few messages that are here already may still come. */
  hold(): void {
    this.#socket.pause()
  }

  release(): void {
    if (!this.#closed) this.#socket.resume()
  }

  /** @param code 1000: all is well; 4000 to 4999: what the contract says */
  close(code = 1000): void {
    if (this.#closed) return
    this.#socket.resume() // else its goodbye is never read
    this.#socket.close(code)
    const timer = setTimeout(() => this.destroy(), FAREWELL_MS)
    this.#socket.on('close', () => clearTimeout(timer))
  }

  destroy(): void {
    if (isBare) this.#socket.destroy()
    else this.#socket.terminate()
  }

  #onSent(bytes: number): void {
    this.#waiting -= bytes
    if (!this.#closed && this.#waiting === 0) this.emit('drain')
  }

  #onClose(): void {
    if (this.#closed) return
    this.#closed = true
    this.emit('close')
  }
}

export interface AcceptOptions {
  maxMessageBytes: number
  /** On the answer to what is no WebSocket handshake. */
  refusalHeaders: Record<string, string>
}

/**
 * Answers the upgrade of an HTTP request that somebody has looked at and lets in.
 * @returns null where it is no WebSocket handshake: it has been answered with 400
 */
export function acceptWebSocket(
  request: any,
  socket: any,
  head: Uint8Array,
  options: AcceptOptions
): Promise<WebSocketEnd | null> {
  return isBare
    ? acceptBare(request, socket, head, options)
    : acceptNode(request, socket, head, options)
}

/** Answers what is not to be answered by a request's own answer with a plain status, and ends. */
export function refuse(socket: any, status: number, headers: Record<string, string>): void {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
  const fixed = 'Connection: close\r\nContent-Length: 0\r\n'
  socket.on('error', () => {})
  socket.end(`HTTP/1.1 ${status} Refused\r\n${fixed}${lines.join('')}\r\n`)
  setTimeout(() => socket.destroy(), FAREWELL_MS).unref()
}

async function acceptBare(
  request: any,
  socket: any,
  head: Uint8Array,
  { maxMessageBytes, refusalHeaders }: AcceptOptions
): Promise<WebSocketEnd | null> {
  socket.on('error', () => {})
  const err = await new Promise<unknown>((resolve) => {
    Server.handshake(request, socket, head, resolve)
  })
  if (err) {
    refuse(socket, 400, refusalHeaders)
    return null
  }
  const limits = { maxPayload: maxMessageBytes, idleTimeout: IDLE_MS, maxFragments: 64 }
  return new WebSocketEnd(new Socket({ socket, isServer: true, ...limits }))
}

function acceptNode(
  request: any,
  socket: any,
  head: Uint8Array,
  { maxMessageBytes: maxPayload, refusalHeaders }: AcceptOptions
): Promise<WebSocketEnd | null> {
  return new Promise((resolve) => {
    const options = { noServer: true, clientTracking: false, perMessageDeflate: false, maxPayload }
    const server = new WebSocketServer(options)
    server.on('wsClientError', () => refuse(socket, 400, refusalHeaders))
    socket.on('close', () => resolve(null)) // where it was refused, or has gone
    server.handleUpgrade(request, socket, head, (end: any) => {
      watchIdle(end)
      resolve(new WebSocketEnd(end))
    })
  })
}

/** As bare-ws does by itself: a ping where nothing comes, and an end where that is not answered. */
function watchIdle(end: any): void {
  let isAlive = true
  const hear = (): void => void (isAlive = true)
  end.on('pong', hear)
  end.on('message', hear)
  const timer = setInterval(() => {
    if (!isAlive && !end.isPaused) return end.terminate()
    isAlive = false
    end.ping()
  }, IDLE_MS)
  end.on('close', () => clearInterval(timer))
}
