// The way of a film from the worker to the engine: one WebSocket, opened anew until the film is over, each time
// with a key that the page has from an engine which showed that it is ours. What was not answered is kept and
// sent again. Must never: connect by itself to whoever has the port after a cut, or believe what an earlier
// connection says, which may be of another film.

import type { FilmAnswer } from '../../../../core/api/contract.ts'
import { packFrame } from '../../../../core/api/frames.ts'
import { UplinkQueue, type Item } from '../../state/film/uplink/queue.ts'

/** Between two tries. A browser that is asked too often makes all of the page's connections wait. */
const RETRY_MS = [100, 250, 500, 1000, 2000]

export interface UplinkHandlers {
  onAnswer(answer: FilmAnswer): void
  /** The connection went: the engine may have gone with it. */
  onLost(): void
  /** A key is needed to connect again: it comes by `renew`. */
  onCut(): void
}

export class Uplink {
  readonly queue = new UplinkQueue()
  readonly #handlers: UplinkHandlers
  #film: { url: string; key: string } | null = null
  #socket: WebSocket | null = null
  #retry: ReturnType<typeof setTimeout> | undefined
  #tries = 0
  #over = false

  constructor(handlers: UplinkHandlers) {
    this.#handlers = handlers
  }

  push(item: Item): void {
    this.queue.push(item)
    this.#send()
  }

  /** Sends to this film from now on: a new one of the engine. */
  open(url: string, key: string): void {
    this.#leave()
    this.#film = { url, key }
    this.#over = false
    this.#tries = 0
    this.queue.begin()
    this.#connect()
  }

  /** The engine is ours: connects with this where nothing is open. */
  renew(key: string): void {
    if (this.#film === null) return
    this.#film = { ...this.#film, key }
    if (this.#socket === null) this.#connect()
  }

  close(): void {
    this.#film = null
    this.#leave()
  }

  #leave(): void {
    clearTimeout(this.#retry)
    const old = this.#socket
    this.#socket = null
    old?.close()
  }

  #connect(): void {
    if (this.#film === null || this.#over) return
    const { url, key } = this.#film
    const socket = new WebSocket(url)
    this.#socket = socket
    socket.binaryType = 'arraybuffer'
    socket.onopen = () => socket.send(JSON.stringify({ type: 'hello', key }))
    socket.onmessage = ({ data }: MessageEvent<string>) => {
      if (socket === this.#socket) this.#receive(JSON.parse(data) as FilmAnswer)
    }
    socket.onclose = () => this.#lost(socket)
  }

  #receive(answer: FilmAnswer): void {
    if (answer.kind === 'ready' && !this.queue.ready(answer.windowBytes, answer.nextSeq))
      return this.#giveUpFilm()
    if (answer.kind === 'ready') this.#tries = 0
    if (answer.kind === 'durable') this.queue.durable(answer.seq)
    if (answer.kind === 'over') this.#over = true
    this.#handlers.onAnswer(answer)
    this.#send()
  }

  /** It counts otherwise than we do. With nobody there the engine ends it, and another is asked for. */
  #giveUpFilm(): void {
    this.#over = true
    this.#leave()
  }

  #lost(socket: WebSocket): void {
    if (socket !== this.#socket) return
    this.#socket = null
    this.queue.lost()
    this.#handlers.onLost()
    const retryMs = RETRY_MS[Math.min(this.#tries++, RETRY_MS.length - 1)]
    this.#retry = setTimeout(() => this.#handlers.onCut(), retryMs)
  }

  #send(): void {
    if (this.#socket?.readyState !== WebSocket.OPEN) return
    for (const { header, data } of this.queue.take()) this.#socket.send(packFrame(header, data))
  }
}
