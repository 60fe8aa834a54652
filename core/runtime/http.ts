// A small HTTP server for this machine alone: one question, one answer, no bodies in. What it says is decided
// by whoever opens it.
// Must never: listen on anything but the loopback, or answer a page of somebody else's (Host is checked).

import ReadyResource from 'ready-resource'
import { LOOPBACK, Loopback } from './web/loopback.ts'

const NAMES = [LOOPBACK, 'localhost', '[::1]']
/** Connections at once; a browser opens six. */
const MAX_CONNECTIONS = 32
/** For the whole of a connection, ms. */
const PATIENCE_MS = 5000

export interface Asked {
  /** Without the query. */
  path: string
  /** What comes behind the question mark, or nothing. */
  query: string
  /** By lower-case name. */
  headers: Record<string, string | undefined>
}

export interface Answer {
  status: number
  type: string
  body: string
  headers?: Record<string, string>
}

export interface HttpServerOptions {
  /** 0 for any that is free. */
  port: number
  answer: (asked: Asked) => Answer
  /** What to do where the port is taken: how the sentence ends. */
  remedy: string
}

export class HttpServer extends ReadyResource {
  readonly #options: HttpServerOptions
  readonly #loopback: Loopback

  constructor(options: HttpServerOptions) {
    super()
    const { port, remedy } = options
    this.#options = options
    this.#loopback = new Loopback({
      port,
      remedy,
      maxConnections: MAX_CONNECTIONS,
      requestTimeoutMs: PATIENCE_MS,
      strangerMs: PATIENCE_MS,
      onRequest: (request, response) => this.#serve(request, response)
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

  #serve(request: any, response: any): void {
    request.on('error', () => {})
    response.on('error', () => {})
    const { status, type, body, headers = {} } = this.#answer(request)
    response.writeHead(status, {
      'Content-Type': type,
      'Cache-Control': 'no-store',
      'X-Content-Type-Options': 'nosniff',
      'Referrer-Policy': 'no-referrer',
      Connection: 'close',
      ...headers
    })
    response.end(request.method === 'HEAD' ? '' : body)
  }

  #answer({ method, url, headers }: any): Answer {
    if (!isOurs(headers.host)) return plainly(421, 'Ask this machine by 127.0.0.1 or localhost.\n')
    if (method !== 'GET' && method !== 'HEAD') return plainly(405, 'Only GET and HEAD.\n')
    const [path = '/', query = ''] = String(url).split('?')
    try {
      return this.#options.answer({ path, query, headers })
    } catch {
      return plainly(500, 'This could not be answered: the log says why.\n')
    }
  }
}

export function plainly(status: number, body: string): Answer {
  return { status, type: 'text/plain; charset=utf-8', body }
}

/** A name that somebody made lead here is not one of ours: its pages could read what is shown. */
function isOurs(host: unknown): boolean {
  return typeof host === 'string' && NAMES.includes(host.replace(/:\d{1,5}$/, ''))
}
