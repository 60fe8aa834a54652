// The engine as a page has it: the state and what changes in it, calls with typed answers, films on their way
// in, media on its way out, told as core/api/contract.ts says. Connects again by itself; a call that was cut
// fails, for it may have been done. What the app's page makes of this is in mobile/ui/engine.

import type {
  Answer,
  Args,
  CallName,
  Change,
  Failure,
  ServerMessage,
  State
} from '../../../core/api/contract.ts'
import { FrameReader } from '../../../mobile/ui/state/playback/frames.ts'
import type { Framed } from '../../../mobile/ui/state/playback/frames.ts'
import { FilmLink } from './film-link.ts'
import { openAnswer } from './http.ts'
import type { OpenAnswer } from './http.ts'
import { socketAt } from './socket.ts'
import type { BrowserSocket } from './socket.ts'

const RETRY_MS = 200

export interface Session {
  key: string
  /** `name=value` */
  cookie: string
}

export interface PageOptions {
  /** The whole state is there, anew: at first, and after each reconnection. */
  onState?: (state: State) => void
  /** Each that is opened, of the page and of its films. */
  onSocket?: (socket: BrowserSocket) => void
}

/** A call that failed: `code` is the engine's, or `DISCONNECTED`. */
class CallError extends Error {
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

export class Page {
  /** Null until the engine has told it. */
  state: State | null = null
  connection: 'connecting' | 'open' | 'closed' = 'connecting'
  readonly #port: number
  readonly #session: Session
  readonly #options: PageOptions
  readonly #waiting = new Map<number, Waiting>()
  #socket: BrowserSocket | null = null
  #id = 0
  #timer: ReturnType<typeof setTimeout> | null = null

  constructor(port: number, session: Session, options: PageOptions = {}) {
    this.#port = port
    this.#session = session
    this.#options = options
    this.#connect()
  }

  close(): void {
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.connection = 'closed'
    this.#socket?.close()
    this.#failAll()
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
    return new FilmLink(() => this.#open(`/film/${filming}`), this.#session.key)
  }

  /** What is asked for by path, `/media/…` and `/export/…`, as it comes. */
  async get(path: string): Promise<OpenAnswer> {
    const { cookie, key } = this.#session
    return openAnswer(this.#port, path, { headers: { cookie, 'x-temoin-key': key } })
  }

  /** Frames of `/media/<recording>/stream?at=…`, as they come. Stop by leaving the loop. */
  async *frames(path: string): AsyncGenerator<Framed> {
    const { status, pieces, cut } = await this.get(path)
    if (status !== 200) throw new Error(`${path} is answered by ${status}`)
    const reader = new FrameReader()
    try {
      for await (const piece of pieces) yield* reader.push(piece)
    } finally {
      cut()
    }
  }

  #open(path: string): BrowserSocket {
    const socket = socketAt(this.#port, path, this.#session.cookie)
    this.#options.onSocket?.(socket)
    return socket
  }

  #connect(): void {
    this.#timer = null
    const socket = this.#open('/api')
    this.#socket = socket
    socket.onopen = () => socket.send(JSON.stringify({ type: 'hello', key: this.#session.key }))
    socket.onmessage = ({ data }) => this.#onMessage(JSON.parse(String(data)))
    socket.onclose = () => this.#onClose()
  }

  #onMessage(message: ServerMessage): void {
    switch (message.type) {
      case 'state':
        this.state = message.state
        this.connection = 'open'
        return this.#options.onState?.(message.state)
      case 'changes':
        for (const change of message.changes) this.state = applied(this.state!, change)
        return
      case 'answer':
        this.#take(message.id)?.resolve(message.answer)
        return
      case 'failure':
        this.#take(message.id)?.reject(new CallError(message.failure))
    }
  }

  #take(id: number): Waiting | null {
    const found = this.#waiting.get(id) ?? null
    this.#waiting.delete(id)
    return found
  }

  #onClose(): void {
    this.#socket = null
    this.#failAll()
    if (this.connection === 'closed') return
    this.connection = 'connecting'
    this.#timer = setTimeout(() => this.#connect(), RETRY_MS)
  }

  #failAll(): void {
    for (const { reject } of this.#waiting.values()) reject(disconnected())
    this.#waiting.clear()
  }
}

/** The state with a change in it. */
function applied(state: State, { slice, key, value }: Change): State {
  if (key === null) return { ...state, [slice]: value }
  const values: Record<string, unknown> = { ...(state[slice] as Record<string, unknown>) }
  if (value === null) delete values[key]
  else values[key] = value
  return { ...state, [slice]: values }
}

function disconnected(): CallError {
  return new CallError({ code: 'DISCONNECTED', message: 'The engine cannot be reached: try again' })
}
