// The media of one film on its way to the engine. Keeps what the engine has not said is on its disk, and
// sends it again after a cut, by its numbers. The app's own way in is in mobile/ui/capture.

import type { EndReason, Failure, FilmAnswer, FilmFrame } from '../../../core/api/contract.ts'
import { packFrame } from '../../../core/api/frames.ts'
import type { BrowserSocket } from './socket.ts'

const RETRY_MS = 100
/** Until the engine says its own. */
const WINDOW_BYTES = 4 * 1024 * 1024

type Unnumbered<F> = F extends unknown ? Omit<F, 'seq'> : never

export class FilmLink {
  /** Everything up to there is durably on this device's disk. */
  onDurable: (seq: number, seconds: number) => void = () => {}
  /** Nothing more is taken; `failure` where it was not by `film.stop`. */
  onOver: (reason: EndReason, failure: Failure | null) => void = () => {}
  readonly #open: () => BrowserSocket
  readonly #key: string
  readonly #unanswered = new Map<number, Uint8Array>()
  #waitingBytes = 0
  #windowBytes = WINDOW_BYTES
  #seq = 0
  #socket: BrowserSocket | null = null
  #isReady = false
  #isOver = false
  #timer: ReturnType<typeof setTimeout> | null = null

  /** @param open makes the next socket of this film */
  constructor(open: () => BrowserSocket, key: string) {
    this.#open = open
    this.#key = key
    this.#connect()
  }

  /** Given, and not durable yet: rises where the disk, or this connection, does not keep up. */
  get waitingBytes(): number {
    return this.#waitingBytes
  }

  /** The number of the newest frame: for `film.stop`. */
  get lastSeq(): number {
    return this.#seq
  }

  get isOver(): boolean {
    return this.#isOver
  }

  /** @returns its number, or null where it was not taken: the window is full, or the film is over */
  send(header: Unnumbered<FilmFrame>, body?: Uint8Array): number | null {
    if (this.#isOver || this.#waitingBytes > this.#windowBytes) return null
    const seq = ++this.#seq
    const frame = packFrame({ ...header, seq }, body)
    this.#unanswered.set(seq, frame)
    this.#waitingBytes += frame.byteLength
    if (this.#isReady) this.#socket!.send(frame)
    return seq
  }

  close(): void {
    this.#isOver = true
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#socket?.close()
  }

  #connect(): void {
    const socket = this.#open()
    this.#socket = socket
    socket.onopen = () => socket.send(JSON.stringify({ type: 'hello', key: this.#key }))
    socket.onmessage = ({ data }) => this.#onAnswer(JSON.parse(String(data)))
    socket.onclose = ({ code }) => this.#onClose(code)
  }

  #onAnswer(answer: FilmAnswer): void {
    switch (answer.kind) {
      case 'ready':
        return this.#onReady(answer)
      case 'durable':
        this.#forget(answer.seq)
        return this.onDurable(answer.seq, answer.seconds)
      case 'over':
        this.#isOver = true
        this.onOver(answer.reason, answer.failure)
    }
  }

  #onReady({ nextSeq, windowBytes }: Extract<FilmAnswer, { kind: 'ready' }>): void {
    this.#windowBytes = windowBytes
    this.#isReady = true
    for (const [seq, frame] of this.#unanswered) if (seq >= nextSeq) this.#socket!.send(frame)
  }

  #forget(upTo: number): void {
    for (const [seq, frame] of this.#unanswered) {
      if (seq > upTo) return
      this.#unanswered.delete(seq)
      this.#waitingBytes -= frame.byteLength
    }
  }

  #onClose(code: number): void {
    this.#isReady = false
    if (this.#isOver) return
    if (code === 4401 || code === 4404) return this.#lose()
    this.#timer = setTimeout(() => this.#connect(), RETRY_MS)
  }

  /** The engine knows no such film (any more): it was started anew. */
  #lose(): void {
    this.#isOver = true
    this.onOver('interrupted', { code: 'BAD_STATE', message: 'The engine knows no such film' })
  }
}
