// The engine as a page has it: the state and what changes in it, calls with typed answers, films on their way
// in, media on its way out. Connects again by itself; a call that was cut fails, for it may have been done.
// Runs in a browser: uses nothing of the engine but the contract and the frames.

import type {
  Answer,
  Args,
  CallName,
  Change,
  Failure,
  MediaFrame,
  ServerMessage,
  State
} from '../contract.ts'
import { FrameReader } from '../frames.ts'
import type { Frame } from '../frames.ts'
import { applied } from './apply.ts'
import { FilmLink } from './film-link.ts'
import { socketUrl } from './platform.ts'
import type { BrowserSocket, Platform } from './platform.ts'

const RETRY_MS = { first: 200, last: 3000 }
/** As large as the engine lets a fragment be. */
const MAX_BODY_BYTES = 16 * 1024 * 1024

/** `refused`: the key is not (or no longer) good: the app is to be opened by a new link. */
export type Connection = 'connecting' | 'open' | 'refused' | 'closed'

export interface ClientOptions {
  platform: Platform
  /** See `openSession`. */
  key: string
  /** The whole state is there, anew: at first, and after each reconnection. */
  onState?: (state: State) => void
  /** Something changed; `state` has it already. */
  onChange?: (change: Change, state: State) => void
  onConnection?: (connection: Connection) => void
}

/** A call that failed: `code` is the engine's, or `DISCONNECTED`. */
export class CallError extends Error {
  readonly code: string

  constructor({ code, message }: Failure) {
    super(message)
    this.name = 'CallError'
    this.code = code
  }
}

interface Waiting {
  resolve: (answer: any) => void
  reject: (err: CallError) => void
}

export class Client {
  /** Null until the engine has told it. */
  state: State | null = null
  connection: Connection = 'connecting'
  readonly #options: ClientOptions
  readonly #waiting = new Map<number, Waiting>()
  #socket: BrowserSocket | null = null
  #id = 0
  #retryMs = RETRY_MS.first
  #timer: ReturnType<typeof setTimeout> | null = null

  constructor(options: ClientOptions) {
    this.#options = options
    this.#connect()
  }

  close(): void {
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#tell('closed')
    this.#socket?.close()
    this.#failAll()
  }

  /** Tries again at once: the page was shown, the network is back. */
  wake(): void {
    if (this.connection !== 'connecting' || this.#timer === null) return
    clearTimeout(this.#timer)
    this.#connect()
  }

  /** @throws CallError */
  call<N extends CallName>(call: N, args: Args<N>): Promise<Answer<N>> {
    if (this.connection !== 'open') return Promise.reject(disconnected())
    const id = ++this.#id
    const answer = new Promise<Answer<N>>((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject })
    })
    this.#socket!.send(JSON.stringify({ type: 'call', id, call, args }))
    return answer
  }

  /** The way in for the media of a film that `film.start` has begun. */
  film(filming: string): FilmLink {
    const { platform, key } = this.#options
    return new FilmLink({ platform, key, filming })
  }

  /** Media, as it is asked for by path: `/media/…`. @throws CallError */
  async get(path: string, signal?: unknown) {
    const { platform, key } = this.#options
    const headers = { 'x-temoin-key': key }
    const answer = await platform.fetch(platform.origin + path, { headers, signal })
    if (answer.ok) return answer
    const failure = await answer.json().catch(() => ({ code: 'INTERNAL', message: 'No answer' }))
    throw new CallError(failure)
  }

  /** Frames of `/media/<recording>/stream?at=…`, as they come. Stop by leaving the loop. @throws CallError */
  async *frames(path: string, signal?: unknown): AsyncGenerator<Frame<MediaFrame>> {
    const answer = await this.get(path, signal)
    const reader = answer.body!.getReader()
    const frames = new FrameReader<MediaFrame>(MAX_BODY_BYTES)
    try {
      for (;;) {
        const { done, value } = await reader.read()
        if (done || value === undefined) return
        yield* frames.push(value)
      }
    } finally {
      await reader.cancel().catch(() => {})
    }
  }

  #connect(): void {
    this.#timer = null
    const { platform, key } = this.#options
    const socket = platform.connect(socketUrl(platform, '/api'))
    this.#socket = socket
    socket.onopen = () => socket.send(JSON.stringify({ type: 'hello', key }))
    socket.onmessage = ({ data }) => this.#onMessage(JSON.parse(String(data)))
    socket.onerror = () => {}
    socket.onclose = ({ code }) => this.#onClose(code)
  }

  #onMessage(message: ServerMessage): void {
    switch (message.type) {
      case 'state':
        this.#retryMs = RETRY_MS.first
        this.state = message.state
        this.#tell('open')
        return this.#options.onState?.(message.state)
      case 'changes':
        return message.changes.forEach((change) => this.#change(change))
      case 'answer':
        this.#take(message.id)?.resolve(message.answer)
        return
      case 'failure':
        this.#take(message.id)?.reject(new CallError(message.failure))
    }
  }

  #change(change: Change): void {
    this.state = applied(this.state!, change)
    this.#options.onChange?.(change, this.state)
  }

  #take(id: number): Waiting | null {
    const found = this.#waiting.get(id) ?? null
    this.#waiting.delete(id)
    return found
  }

  #onClose(code: number): void {
    this.#socket = null
    this.#failAll()
    if (this.connection === 'closed') return
    if (code === 4401) return this.#tell('refused')
    this.#tell('connecting')
    this.#timer = setTimeout(() => this.#connect(), this.#retryMs)
    this.#retryMs = Math.min(RETRY_MS.last, this.#retryMs * 2)
  }

  #failAll(): void {
    for (const { reject } of this.#waiting.values()) reject(disconnected())
    this.#waiting.clear()
  }

  #tell(connection: Connection): void {
    if (this.connection === connection) return
    this.connection = connection
    this.#options.onConnection?.(connection)
  }
}

function disconnected(): CallError {
  return new CallError({ code: 'DISCONNECTED', message: 'The engine cannot be reached: try again' })
}
