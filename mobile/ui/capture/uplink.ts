// The way of a film from the worker to the engine: one WebSocket, opened anew until the film is over.
// What was not answered is kept and sent again. Must never: wait for the page.

import type { FilmAnswer } from '../../../core/api/contract.ts'
import { packFrame } from '../../../core/api/frames.ts'
import { UplinkQueue, type Item } from '../state/film/queue.ts'

const RETRY_MS = 250

export interface UplinkHandlers {
  onAnswer(answer: FilmAnswer): void
  /** A film of the engine that has nothing yet, although something was sent before. */
  onRestart(): void
}

export class Uplink {
  readonly queue = new UplinkQueue()
  readonly #handlers: UplinkHandlers
  #film: { url: string; key: string } | null = null
  #socket: WebSocket | null = null
  #over = false
  #begun = false

  constructor(handlers: UplinkHandlers) {
    this.#handlers = handlers
  }

  push(item: Item): void {
    this.queue.push(item)
    this.#send()
  }

  /** Sends to this film from now on. */
  open(url: string, key: string): void {
    this.#film = { url, key }
    this.#over = false
    const old = this.#socket
    this.#socket = null
    old?.close()
    this.#connect()
  }

  close(): void {
    this.#film = null
    this.#socket?.close()
  }

  #connect(): void {
    if (this.#film === null || this.#over) return
    const { url, key } = this.#film
    const socket = new WebSocket(url)
    this.#socket = socket
    socket.binaryType = 'arraybuffer'
    socket.onopen = () => socket.send(JSON.stringify({ type: 'hello', key }))
    socket.onmessage = ({ data }: MessageEvent<string>) =>
      this.#receive(JSON.parse(data) as FilmAnswer)
    socket.onclose = () => this.#lost(socket)
  }

  #receive(answer: FilmAnswer): void {
    if (answer.kind === 'ready') this.#ready(answer.windowBytes, answer.nextSeq)
    if (answer.kind === 'durable') this.queue.durable(answer.seq)
    if (answer.kind === 'over') this.#over = true
    this.#handlers.onAnswer(answer)
    this.#send()
  }

  #ready(windowBytes: number, nextSeq: number): void {
    const anew = this.#begun && nextSeq === 1
    this.#begun = true
    if (anew) this.#handlers.onRestart()
    this.queue.ready(windowBytes, nextSeq)
  }

  #lost(socket: WebSocket): void {
    if (socket !== this.#socket) return
    this.#socket = null
    this.queue.lost()
    setTimeout(() => this.#connect(), RETRY_MS)
  }

  #send(): void {
    if (this.#socket?.readyState !== WebSocket.OPEN) return
    for (const { header, data } of this.queue.take()) this.#socket.send(packFrame(header, data))
  }
}
