// The server of the app, on this machine's loopback: screens, session, calls and events, media. Every request
// passes the guard before it is routed, and shows its session before it is told anything.
// Must never: write a token, a key or a path it was asked for to any log; it has none.

import b4a from 'b4a'
import ReadyResource from 'ready-resource'
import { systemClock } from '../../runtime/clock.ts'
import { WebServer } from '../../runtime/web/web-server.ts'
import type { WebAnswer, WebRequest } from '../../runtime/web/web-server.ts'
import type { WebSocketEnd } from '../../runtime/web/web-socket.ts'
import { MAX_WHOLE_FRAGMENT_BYTES } from '../../media/types.ts'
import type { Host } from '../host/host.ts'
import { answerMedia } from '../media/media-routes.ts'
import { ApiSocket } from './api-socket.ts'
import { FilmSocket } from './film-socket.ts'
import { refusalOf, upgradeRefusalOf } from './guard.ts'
import { asJson, plainly } from './headers.ts'
import { cookieIn, Sessions, setCookie } from './sessions.ts'
import { StaticFiles } from './static-files.ts'

const MAX_CONNECTIONS = 64
/** For a connection to show a session; what a page is made of is loaded by then. */
const STRANGER_MS = 10_000
/** That have shown their key. */
const MAX_SOCKETS = 24
/** That have not yet. */
const MAX_UNHEARD = 16
const MAX_BODY_BYTES = 64 * 1024
/** A fragment with its header. */
const MAX_MESSAGE_BYTES = MAX_WHOLE_FRAGMENT_BYTES + 128 * 1024
/** For a socket to show its key. */
const HELLO_MS = 5000
const FILM = /^\/film\/([a-z0-9]{1,64})$/

export interface AppServerOptions {
  host: Host
  /** Where the built screens are. */
  uiDir: string
  /** 0 for any that is free. */
  port: number
  /** @default HELLO_MS */
  helloMs?: number
  /** @default STRANGER_MS */
  strangerMs?: number
}

export class AppServer extends ReadyResource {
  readonly #options: AppServerOptions
  readonly #web: WebServer
  readonly #files: StaticFiles
  readonly #sessions = new Sessions(systemClock().monotonicMs)
  readonly #ends = new Set<WebSocketEnd>()
  /** Sockets that have not shown their key, oldest first. */
  readonly #unheard = new Set<WebSocketEnd>()

  constructor(options: AppServerOptions) {
    super()
    this.#options = options
    this.#files = new StaticFiles(options.uiDir)
    this.#web = new WebServer({
      port: options.port,
      maxConnections: MAX_CONNECTIONS,
      strangerMs: options.strangerMs ?? STRANGER_MS,
      maxMessageBytes: MAX_MESSAGE_BYTES,
      answer: (request) => this.#answer(request),
      upgrade: (request) => this.#upgrade(request),
      refusalHeaders: plainly(400, '').headers,
      remedy: 'choose another with --port, or leave it out for any that is free'
    })
  }

  protected override _open(): Promise<void> {
    return this.#web.ready()
  }

  protected override async _close(): Promise<void> {
    for (const end of [...this.#ends, ...this.#unheard]) end.close(1001)
    await this.#web.close()
  }

  get port(): number {
    return this.#web.port
  }

  /** Sockets that are open. */
  get connections(): number {
    return this.#web.connections
  }

  /** Opens the app once, within ten minutes: the token behind # is sent to no server. */
  newUrl(): string {
    return `http://127.0.0.1:${this.port}/#token=${this.#sessions.mint()}`
  }

  async #answer(request: WebRequest): Promise<WebAnswer> {
    const refusal = refusalOf(request, this.port)
    if (refusal !== null) return refused(refusal)
    try {
      return await this.#route(request)
    } catch {
      return plainly(500, 'This could not be answered.')
    }
  }

  async #route(request: WebRequest): Promise<WebAnswer> {
    const { method, path, query } = request
    if (method === 'POST') {
      return path === '/session' ? this.#exchange(request) : plainly(404, 'There is nothing here.')
    }
    if (!path.startsWith('/media/') && !path.startsWith('/export/')) {
      return this.#files.answer(path, this.port)
    }
    if (!this.#isAdmitted(request)) return plainly(401, 'Open the app by the link it gives.')
    request.trust()
    return answerMedia(this.#options.host, path, query)
  }

  /** The launch token for a cookie and a key. */
  async #exchange(request: WebRequest): Promise<WebAnswer> {
    const body = await request.body(MAX_BODY_BYTES)
    if (body === null) return plainly(413, 'Too much at once.')
    const found = this.#sessions.exchange(tokenIn(body))
    if (found === 'wait') return plainly(429, 'Too many wrong tokens: wait a minute.')
    if (found === null) return plainly(401, 'This link was used already, or is too old.')
    request.trust()
    const answer = asJson(200, { key: found.key })
    return {
      ...answer,
      headers: { ...answer.headers, 'Set-Cookie': setCookie(found.cookie, this.port) }
    }
  }

  #isAdmitted({ headers, path, query }: WebRequest): boolean {
    const cookie = cookieIn(headers['cookie'], this.port)
    if (this.#sessions.admits(cookie, headers['x-temoin-key'])) return true
    const ticket = /(?:^|&)ticket=([0-9a-f]{64})(?:&|$)/.exec(query)?.[1]
    return ticket !== undefined && this.#sessions.admitsTicket(cookie, path, ticket)
  }

  #upgrade(request: WebRequest): WebAnswer | ((end: WebSocketEnd) => void) {
    const refusal = upgradeRefusalOf(request, this.port)
    if (refusal !== null) return refused(refusal)
    const film = FILM.exec(request.path)?.[1] ?? null
    if (film === null && request.path !== '/api') return plainly(404, '')
    const cookie = cookieIn(request.headers['cookie'], this.port)
    if (cookie === null) return plainly(401, '')
    if (this.#ends.size >= MAX_SOCKETS && this.#sessions.knows(cookie)) return plainly(503, '')
    return (end) => this.#greet(end, cookie, film, () => request.trust())
  }

  /** Nothing is said to it, and nothing of it heard, before it has shown its key. */
  #greet(end: WebSocketEnd, cookie: string, film: string | null, trust: () => void): void {
    if (this.closing) return end.destroy()
    if (!this.#sessions.knows(cookie)) return end.close(4401)
    this.#await(end)
    const timer = setTimeout(() => end.close(4401), this.#options.helloMs ?? HELLO_MS)
    end.on('close', () => {
      clearTimeout(timer)
      this.#unheard.delete(end)
      this.#ends.delete(end)
    })
    end.once('message', (message) => {
      clearTimeout(timer)
      this.#unheard.delete(end)
      if (!this.#sessions.admits(cookie, keyIn(message))) return end.close(4401)
      if (this.#ends.size >= MAX_SOCKETS) return end.close(4429)
      this.#ends.add(end)
      trust()
      this.#serve(end, cookie, film)
    })
  }

  /** The cookie alone, which other servers of this machine are sent, keeps nobody out. */
  #await(end: WebSocketEnd): void {
    const [oldest] = this.#unheard
    if (oldest !== undefined && this.#unheard.size >= MAX_UNHEARD) {
      this.#unheard.delete(oldest)
      oldest.close(4401)
    }
    this.#unheard.add(end)
  }

  #serve(end: WebSocketEnd, cookie: string, film: string | null): void {
    const { host } = this.#options
    if (film === null) {
      const ticket = (wanted: string): string => this.#ticketed(cookie, wanted)
      return void new ApiSocket({ host, end, ticket })
    }
    try {
      new FilmSocket(host.current.films.get(film), end)
    } catch {
      end.close(4404)
    }
  }

  /** @param wanted a path, with or without a query */
  #ticketed(cookie: string, wanted: string): string {
    const [path = '', query] = wanted.split('?', 2)
    const ticket = this.#sessions.ticket(cookie, path)
    return `${path}?${query === undefined ? '' : query + '&'}ticket=${ticket}`
  }
}

function refused(status: number): WebAnswer {
  const { headers, body } = plainly(status, 'Not for this page.')
  return {
    status,
    headers: status === 405 ? { ...headers, Allow: 'GET, HEAD, POST' } : headers,
    body
  }
}

function tokenIn(body: Uint8Array): string {
  try {
    const { token } = JSON.parse(b4a.toString(body as any))
    return typeof token === 'string' ? token : ''
  } catch {
    return ''
  }
}

function keyIn(message: Uint8Array | string): string | undefined {
  try {
    const { type, key } = JSON.parse(typeof message === 'string' ? message : '')
    return type === 'hello' && typeof key === 'string' ? key : undefined
  } catch {
    return undefined
  }
}
