// The server of the app, on this machine's loopback: screens, session, calls and events, media. Every request
// passes the guard before it is routed, and shows its session before it is told anything. Started after one
// that was killed, it has the same port where that is free, and its pages go on.
// Must never: write a token, a key or a path it was asked for to any log; it has none.

import b4a from 'b4a'
import ReadyResource from 'ready-resource'
import { hex } from '../../encoding/hex.ts'
import { TemoinError } from '../../errors.ts'
import { systemClock } from '../../runtime/clock.ts'
import { WebServer } from '../../runtime/web/web-server.ts'
import type { WebAnswer, WebRequest } from '../../runtime/web/web-server.ts'
import type { WebSocketEnd } from '../../runtime/web/web-socket.ts'
import { MAX_WHOLE_FRAGMENT_BYTES } from '../../media/types.ts'
import {
  loadAppSessions,
  removeAppSessions,
  removeOpeningPage,
  saveAppSessions,
  saveOpeningPage
} from '../../store/files/app-files.ts'
import type { ServerMessage } from '../contract.ts'
import type { Host } from '../host/host.ts'
import { answerMedia } from '../media/media-routes.ts'
import { ApiSocket } from './api-socket.ts'
import { FilmSocket } from './film-socket.ts'
import { Greeter } from './greeter.ts'
import { OPENING_PATH, refusalOf, upgradeRefusalOf } from './guard.ts'
import { asJson, noServiceWorker, plainly } from './headers.ts'
import { openingAnswer, openingFile } from './opening-page.ts'
import { cookieIn, Sessions, setCookie } from './sessions.ts'
import { StaticFiles } from './static-files.ts'

const MAX_CONNECTIONS = 64
/** For a connection to show a session; what a page is made of is loaded by then. */
const STRANGER_MS = 20_000
const MAX_BODY_BYTES = 64 * 1024
/** A fragment with its header. */
const MAX_MESSAGE_BYTES = MAX_WHOLE_FRAGMENT_BYTES + 128 * 1024
/** For a socket to show its key: an engine that is late itself reads it late. */
const HELLO_MS = 15_000
const FILM = /^\/film\/([a-z0-9]{1,64})$/

export interface AppServerOptions {
  host: Host
  /** Where the built screens are. */
  uiDir: string
  /** 0 for the one that an engine had which was killed, else any that is free. */
  port: number
  /** @default HELLO_MS */
  helloMs?: number
  /** @default STRANGER_MS */
  strangerMs?: number
}

export class AppServer extends ReadyResource {
  readonly #options: AppServerOptions
  readonly #files: StaticFiles
  readonly #sessions = new Sessions(systemClock().monotonicMs)
  readonly #greeter: Greeter
  #web: WebServer | null = null

  constructor(options: AppServerOptions) {
    super()
    this.#options = options
    this.#files = new StaticFiles(options.uiDir)
    this.#greeter = new Greeter({
      sessions: this.#sessions,
      helloMs: options.helloMs ?? HELLO_MS,
      port: () => this.port
    })
  }

  protected override async _open(): Promise<void> {
    const { host, port } = this.#options
    const left = await loadAppSessions(host.dir)
    this.#web = await this.#listen(port, left?.port ?? 0)
    if (left?.port === this.port) this.#sessions.restore(left.sessions)
    else await removeAppSessions(host.dir)
  }

  /** An end, unlike a kill, ends the sessions as well. */
  protected override async _close(): Promise<void> {
    this.#greeter.close()
    if (this.#web === null) return
    await this.#web.close()
    const { dir } = this.#options.host
    await Promise.all([removeAppSessions(dir), removeOpeningPage(dir)])
  }

  get port(): number {
    return this.#web?.port ?? 0
  }

  /** Sockets that are open. */
  get connections(): number {
    return this.#web?.connections ?? 0
  }

  /** @param last tried first where any will do */
  async #listen(port: number, last: number): Promise<WebServer> {
    if (port !== 0 || last === 0) return this.#listenAt(port)
    try {
      return await this.#listenAt(last)
    } catch (err) {
      if (TemoinError.is(err, 'BAD_INPUT')) return this.#listenAt(0) // taken
      throw err
    }
  }

  async #listenAt(port: number): Promise<WebServer> {
    const web = new WebServer({
      port,
      maxConnections: MAX_CONNECTIONS,
      strangerMs: this.#options.strangerMs ?? STRANGER_MS,
      maxMessageBytes: MAX_MESSAGE_BYTES,
      answer: (request) => this.#answer(request),
      upgrade: (request) => this.#upgrade(request),
      refusalHeaders: plainly(400, '').headers,
      remedy: 'choose another with --port, or leave it out for any that is free'
    })
    await web.ready()
    return web
  }

  /** Opens the app once, within ten minutes: the token behind # is sent to no server. */
  newUrl(): string {
    return `http://127.0.0.1:${this.port}/#token=${this.#sessions.mint()}`
  }

  /**
   * The same as a file that only its owner can read, to start a browser with. It goes once the app was opened,
   * and with the server.
   */
  newOpeningFile(): Promise<string> {
    const { host } = this.#options
    return saveOpeningPage(host.dir, openingFile(this.port, this.#sessions.mint()))
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
    const { method, path, query, headers } = request
    if (headers['service-worker'] === 'script') return noServiceWorker()
    if (method === 'POST') {
      return path === '/session' ? this.#exchange(request) : plainly(404, 'There is nothing here.')
    }
    if (path === OPENING_PATH) return openingAnswer()
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
    await Promise.all([this.#keepSessions(), removeOpeningPage(this.#options.host.dir)])
    const answer = asJson(200, { key: found.key })
    return {
      ...answer,
      headers: { ...answer.headers, 'Set-Cookie': setCookie(found.cookie, this.port) }
    }
  }

  /** Where the disk does not take them, they are good for this run. */
  #keepSessions(): Promise<void> {
    const { port } = this
    const sessions = this.#sessions.kept
    return saveAppSessions(this.#options.host.dir, { port, sessions }).catch(() => {})
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
    if (this.#greeter.isFull && this.#sessions.knows(cookie)) return plainly(503, '')
    return (end) => {
      if (this.closing) return end.destroy()
      const welcome = (): void => {
        request.trust()
        this.#serve(end, cookie, film)
      }
      this.#greeter.greet({ end, cookie, welcome })
    }
  }

  #serve(end: WebSocketEnd, cookie: string, film: string | null): void {
    const { host } = this.#options
    if (film === null) {
      const secret = hex(this.#sessions.secretOf(cookie)!)
      end.send(JSON.stringify({ type: 'session', secret } satisfies ServerMessage))
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
