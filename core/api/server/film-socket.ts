// The media of one film on its way in: frames by WebSocket, held back where the disk does not keep up, and
// the word back when they are durably here.
// Must never: queue more than it said it would take.

import z32 from 'z32'
import type { Replica } from '../../replica/replica.ts'
import type { WebSocketEnd } from '../../runtime/web/web-socket.ts'
import type { FilmAnswer, FilmFrame } from '../contract.ts'
import { unpackFrame } from '../frames.ts'
import type { FilmRun } from '../host/runs/film-run.ts'

/** Unanswered bytes a page may have on the way. */
export const WINDOW_BYTES = 8 * 1024 * 1024
const KINDS = ['init', 'fragment', 'bytes', 'end', 'gap']

export class FilmSocket {
  readonly #run: FilmRun
  readonly #end: WebSocketEnd
  #waitingBytes = 0
  #isHeld = false

  constructor(run: FilmRun, end: WebSocketEnd) {
    this.#run = run
    this.#end = end
    run.on('durable', this.#onDurable)
    run.on('part', this.#onPart)
    run.on('over', this.#onOver)
    run.pageCame()
    end.on('message', (message) => this.#onMessage(message))
    end.on('close', () => this.#onClose())
    this.#say({ kind: 'ready', windowBytes: WINDOW_BYTES, nextSeq: run.intake.nextSeq })
    for (const part of run.film.parts) this.#onPart(part) // before what is durable of them
    if (run.intake.durableSeq > 0) this.#onDurable(run.intake.durableSeq)
    if (run.isEnding) this.#onOver()
  }

  #onMessage(message: Uint8Array | string): void {
    const frame = typeof message === 'string' ? null : unpackFrame<FilmFrame>(message)
    if (frame === null || !isFilmFrame(frame.header)) return this.#end.close(4400)
    if (!this.#run.intake.comes(frame.header)) return this.#end.close(4409)
    this.#waitingBytes += frame.body.byteLength
    if (this.#waitingBytes > 2 * WINDOW_BYTES) return this.#end.close(4413)
    this.#hold(this.#waitingBytes > WINDOW_BYTES)
    const body = Uint8Array.from(frame.body) // its own: what came may be used again below us
    void this.#run.take(frame.header, body).then(() => {
      this.#waitingBytes -= body.byteLength
      this.#hold(this.#waitingBytes > WINDOW_BYTES)
    })
  }

  #hold(isHeld: boolean): void {
    if (isHeld === this.#isHeld) return
    this.#isHeld = isHeld
    if (isHeld) this.#end.hold()
    else this.#end.release()
  }

  #onClose(): void {
    const run = this.#run
    run.off('durable', this.#onDurable)
    run.off('part', this.#onPart)
    run.off('over', this.#onOver)
    run.pageWent()
  }

  readonly #onDurable = (seq: number): void => {
    this.#say({ kind: 'durable', seq, seconds: this.#run.film.seconds })
  }

  readonly #onPart = ({ key }: Replica): void => {
    this.#say({ kind: 'part', recording: z32.encode(key) })
  }

  readonly #onOver = (): void => {
    const { reason, failure } = this.#run
    this.#say({ kind: 'over', reason: reason ?? 'stopped', failure })
    this.#end.close()
  }

  #say(answer: FilmAnswer): void {
    this.#end.send(JSON.stringify(answer))
  }
}

function isFilmFrame({ kind, seq }: FilmFrame): boolean {
  return KINDS.includes(kind) && Number.isSafeInteger(seq) && seq > 0
}
