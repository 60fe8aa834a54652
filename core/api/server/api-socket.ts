// One client of calls and events, once it has shown the key of its session: it is told the state, then
// answers in whatever order they come.
// Must never: take more calls than it answers.

import type { WebSocketEnd } from '../../runtime/web/web-socket.ts'
import type { ClientMessage, ServerMessage } from '../contract.ts'
import { failureOf } from '../host/failure.ts'
import type { Host } from '../host/host.ts'
import { StateFeed } from './state-feed.ts'

/** Calls that wait for an answer, and answers that wait to leave. */
const MAX_CALLS = 64
const MAX_WAITING_BYTES = 4 * 1024 * 1024

export interface ApiSocketOptions {
  host: Host
  end: WebSocketEnd
  /** A way for a player, or a download, to this path. */
  ticket: (path: string) => string
}

export class ApiSocket {
  readonly #options: ApiSocketOptions
  readonly #feed: StateFeed
  #calls = 0

  constructor(options: ApiSocketOptions) {
    this.#options = options
    const { host, end } = options
    this.#feed = new StateFeed(host.store, end)
    end.on('message', (message) => this.#onMessage(message))
    end.on('close', () => this.#feed.close())
  }

  #onMessage(text: Uint8Array | string): void {
    const { end } = this.#options
    const message = typeof text === 'string' ? parsed(text) : null
    if (message === null) return end.close(4400)
    const { id } = message
    if (message.type === 'ping') return this.#say({ type: 'pong', id })
    if (this.#calls >= MAX_CALLS || end.waitingBytes > MAX_WAITING_BYTES) return end.close(4429)
    void this.#call(message)
  }

  async #call(message: Extract<ClientMessage, { type: 'call' }>): Promise<void> {
    const { id, call, args } = message
    this.#calls++
    try {
      const answer = await this.#answerTo(call, args)
      this.#feed.flush()
      this.#say({ type: 'answer', id, answer })
    } catch (err) {
      this.#feed.flush()
      this.#say({ type: 'failure', id, failure: failureOf(err) })
    } finally {
      this.#calls--
    }
  }

  #answerTo(call: string, args: any): Promise<any> {
    const { host, ticket } = this.#options
    if (call !== 'media.ticket') return host.call(call, args)
    return Promise.resolve({ path: ticket(String(args.path)) })
  }

  #say(message: ServerMessage): void {
    this.#options.end.send(JSON.stringify(message))
  }
}

function parsed(text: string): Extract<ClientMessage, { type: 'call' | 'ping' }> | null {
  try {
    const message = JSON.parse(text)
    const { type, id, call, args } = message
    if (!Number.isSafeInteger(id)) return null
    if (type === 'ping') return message
    const isCall = type === 'call' && typeof call === 'string'
    return isCall && typeof args === 'object' && args !== null ? message : null
  } catch {
    return null
  }
}
