// HTTP and WebSocket for a browser on this machine: requests as plain data, answers whole or in pieces that
// wait for a slow reader. Who may ask, and what is answered, is for whoever opens it.
// Must never: hold more of an answer in memory than the reader is about to take.

import b4a from 'b4a'
import ReadyResource from 'ready-resource'
import { Loopback } from './loopback.ts'
import { acceptWebSocket, refuse } from './web-socket.ts'
import type { WebSocketEnd } from './web-socket.ts'

/** For all of a request to come in, ms. */
const REQUEST_TIMEOUT_MS = 10_000

export interface WebRequest {
  method: string
  /** As it came, decoded by nobody, without the query. */
  path: string
  /** What comes behind the question mark, or nothing. */
  query: string
  /** By lower-case name. */
  headers: Record<string, string | undefined>
  /** The body; null where it is longer than `maxBytes`. */
  body(maxBytes: number): Promise<Uint8Array | null>
  /** Whoever asks has shown that it may: its connection is kept, and nobody takes its place. */
  trust(): void
}

export interface WebAnswer {
  status: number
  headers: Record<string, string>
  /** In pieces where it is long, or grows: the next is asked for once the one before has left. */
  body: Uint8Array | string | AsyncIterable<Uint8Array>
  /** Calls `end` once nothing more of it may leave; then it is cut. @returns to be called when it has left */
  watch?: (end: () => void) => () => void
}

export interface WebServerOptions {
  /** 0 for any that is free. */
  port: number
  maxConnections: number
  /** For a connection to be trusted, ms. */
  strangerMs: number
  /** Bytes of one WebSocket message. */
  maxMessageBytes: number
  answer: (request: WebRequest) => Promise<WebAnswer> | WebAnswer
  /** Why an upgrade is refused, or who takes the socket. */
  upgrade: (request: WebRequest) => WebAnswer | ((end: WebSocketEnd) => void)
  /** On what is refused before it is a request: no HTTP, too slow, no WebSocket handshake. */
  refusalHeaders: Record<string, string>
  remedy: string
}

export class WebServer extends ReadyResource {
  readonly #options: WebServerOptions
  readonly #loopback: Loopback

  constructor(options: WebServerOptions) {
    super()
    const { port, remedy, maxConnections, strangerMs } = options
    this.#options = options
    this.#loopback = new Loopback({
      ...{ port, remedy, maxConnections, strangerMs },
      requestTimeoutMs: REQUEST_TIMEOUT_MS,
      onRequest: (request, response) => void this.#serve(request, response),
      onUpgrade: (request, socket, head) => void this.#upgrade(request, socket, head),
      onBroken: (socket, status) => refuse(socket, status, options.refusalHeaders)
    })
  }

  protected override _open(): Promise<void> {
    return this.#loopback.ready()
  }

  protected override _close(): Promise<void> {
    return this.#loopback.close()
  }

  get port(): number {
    return this.#loopback.port
  }

  get connections(): number {
    return this.#loopback.connections
  }

  async #serve(request: any, response: any): Promise<void> {
    request.on('error', () => {})
    response.on('error', () => {})
    const { status, headers, body, watch } = await this.#options.answer(this.#asPlain(request))
    const unwatch = watch?.(() => response.destroy())
    if (unwatch) response.on('close', unwatch)
    if (isInPieces(body)) {
      response.writeHead(status, headers)
      return sendPieces(response, request.method === 'HEAD' ? nothing() : body)
    }
    const bytes = typeof body === 'string' ? b4a.from(body) : body
    response.writeHead(status, { ...headers, 'Content-Length': String(bytes.byteLength) })
    response.end(request.method === 'HEAD' ? undefined : bytes)
  }

  async #upgrade(request: any, socket: any, head: Uint8Array): Promise<void> {
    socket.on('error', () => {})
    const taker = this.#options.upgrade(this.#asPlain(request))
    if (typeof taker !== 'function') return refuse(socket, taker.status, taker.headers)
    const { maxMessageBytes, refusalHeaders } = this.#options
    const end = await acceptWebSocket(request, socket, head, { maxMessageBytes, refusalHeaders })
    if (end !== null) taker(end)
  }

  #asPlain(request: any): WebRequest {
    const [path = '/', query = ''] = String(request.url).split('?', 2)
    const { socket } = request
    return {
      method: String(request.method),
      path,
      query,
      headers: request.headers,
      body: (maxBytes) => readBody(request, maxBytes),
      trust: () => this.#loopback.trust(socket)
    }
  }
}

function isInPieces(body: WebAnswer['body']): body is AsyncIterable<Uint8Array> {
  return typeof body !== 'string' && !(body instanceof Uint8Array)
}

async function* nothing(): AsyncGenerator<Uint8Array> {}

/** The reader has gone, or what is read failed in the middle: then the connection ends without its end. */
async function sendPieces(response: any, body: AsyncIterable<Uint8Array>): Promise<void> {
  const pieces = body[Symbol.asyncIterator]()
  let isGone = false
  const gone = new Promise<void>((resolve) => {
    response.on('close', () => {
      isGone = true
      resolve()
    })
  })
  void gone.then(() => pieces.return?.())
  try {
    for (;;) {
      const next = await Promise.race([pieces.next(), gone])
      if (isGone || !next) return
      if (next.done) return void response.end()
      if (!response.write(next.value)) await Promise.race([drained(response), gone])
    }
  } catch {
    response.destroy()
  }
}

function drained(response: any): Promise<void> {
  return new Promise((resolve) => response.once('drain', () => resolve()))
}

function readBody(request: any, maxBytes: number): Promise<Uint8Array | null> {
  const chunks: Uint8Array[] = []
  let bytes = 0
  return new Promise((resolve) => {
    request.on('data', (chunk: Uint8Array) => {
      bytes += chunk.byteLength
      if (bytes <= maxBytes) chunks.push(chunk)
      else resolve(null)
    })
    request.on('end', () => resolve(b4a.concat(chunks)))
    request.on('close', () => resolve(null)) // settled before, where it ended
  })
}
