// What one link may make this device keep, count and do. protomux and secret-stream take whatever comes:
// frames of 16 MiB, channels and messages without end, batches within batches until the stack is full.
// Each is refused here as it comes in, before anything is allocated for it, and the link with it.
// Must never: hinder a member that is merely slow, or far behind.

import {
  MAX_BLOCK_BYTES,
  MAX_CHANNELS,
  MAX_FRAME_BYTES,
  MAX_UNSENT_BYTES,
  MESSAGES_ON_A_LINK,
  OPENS_ON_A_LINK,
  STRAY_BYTES_ON_A_LINK
} from '../../limits.ts'
import { systemClock } from '../../runtime/clock.ts'
import { Allowance } from '../../replica/allowance.ts'
import { heedEarlyCloses } from './early-close.ts'
import { Misuse } from './misuse.ts'
import type { MuxInternals, Received, Session, StreamInternals } from './mux-internals.ts'
import { RequestTurns } from './request-turns.ts'

/** Protocol, id and handshake of a channel: ours and Hypercore's take a hundred bytes. */
const MAX_OPEN_BYTES = 512
/** What secret-stream adds to a frame; one that is no larger says that its sender lives. */
const EMPTY_FRAME_BYTES = 17
/** As if it were a message for nobody of so many bytes: one every few seconds is meant to come. */
const EMPTY_FRAME_COST = 1024

/** What a limited link is: see `StreamLink`. */
export interface Limited {
  readonly stream: { destroy(err?: Error | null): void; on(event: string, fn: () => void): unknown }
  readonly mux: unknown
}

/**
 * Puts the limits on a link, before anything else listens on it.
 *
 * @param onFailure called once, where the link is closed for what it sent (`Misuse`) or for what a
 *   message has caused here
 */
export function limitLink({ stream, mux }: Limited, onFailure: (err: unknown) => void): void {
  const limits = new LimitsOnALink(stream, mux as MuxInternals, onFailure)
  limits.watchFrames(stream as unknown as StreamInternals)
  limits.watchMessages()
}

class LimitsOnALink {
  readonly #stream: Limited['stream']
  readonly #mux: MuxInternals
  readonly #onFailure: (err: unknown) => void
  readonly #clock = systemClock()
  readonly #messages = new Allowance(MESSAGES_ON_A_LINK, 0)
  readonly #opens = new Allowance(OPENS_ON_A_LINK, 0)
  readonly #stray = new Allowance(STRAY_BYTES_ON_A_LINK, 0)
  readonly #turns: RequestTurns
  #ended = false

  constructor(stream: Limited['stream'], mux: MuxInternals, onFailure: (err: unknown) => void) {
    this.#stream = stream
    this.#mux = mux
    this.#onFailure = onFailure
    this.#turns = new RequestTurns(mux, () => this.#clock.monotonicMs())
    stream.on('drain', () => this.#turns.next()) // after the mux, whose listener came first
    stream.on('close', () => this.#turns.clear())
  }

  /** The length of a frame is seen as it is read, before there is room made for it. */
  watchFrames(stream: StreamInternals): void {
    let length = stream._len
    const set = (value: number): void => {
      if (value === 0) this.#onFrame(stream, length)
      length = value
      if (value > MAX_FRAME_BYTES) this.#end(new Misuse(`a frame of over ${MAX_FRAME_BYTES} bytes`))
    }
    Object.defineProperty(stream, '_len', { get: () => length, set })
    set(length)
  }

  watchMessages(): void {
    const mux = this.#mux
    const { _onbatch, _onopensession, _pushBatch } = mux
    const decode = mux._decode
    let inBatch = false
    mux._decode = (channel, state) => this.#onMessage(channel, state, decode)
    mux._onbatch = (state) => {
      if (inBatch) throw new Misuse('a batch within a batch')
      inBatch = true
      try {
        _onbatch.call(mux, state)
      } finally {
        inBatch = false
      }
    }
    mux._onopensession = (state) => {
      this.#onOpen(state)
      return _onopensession.call(mux, state)
    }
    mux._pushBatch = (channel, message) => {
      if ((mux._batchState?.end ?? 0) + message.byteLength > MAX_BLOCK_BYTES) this.#sendBatch()
      _pushBatch.call(mux, channel, message)
    }
    heedEarlyCloses(mux)
    this.#takeErrors()
  }

  /** Stock, an error that looks like a mistake of ours ends the process; whoever sends the bytes could choose it. */
  #takeErrors(): void {
    const mux = this.#mux
    const end = (err: unknown): void => this.#end(err)
    mux._safeDestroy = end
    mux._safeDestroyBound = end
    mux._warn = () => {}
  }

  /** @param bytes of the frame that is whole now */
  #onFrame({ _writableState }: StreamInternals, bytes: number): void {
    this.#turns.next()
    const nowMs = this.#clock.monotonicMs()
    for (const allowance of [this.#messages, this.#opens, this.#stray]) allowance.refill(nowMs)
    const isEmpty = bytes <= EMPTY_FRAME_BYTES
    if (!this.#messages.spend(1) || (isEmpty && !this.#stray.spend(EMPTY_FRAME_COST))) {
      this.#end(new Misuse('frames without end'))
    }
    if (_writableState.buffered > MAX_UNSENT_BYTES) this.#end(new Misuse('more, and took nothing'))
  }

  #onMessage(
    channel: number,
    state: Received,
    decode: MuxInternals['_decode']
  ): Promise<unknown> | null {
    if (!this.#messages.spend(1)) throw new Misuse('messages without end')
    const session = channel === 0 ? null : this.#sessionOf(channel, state)
    try {
      if (session && RequestTurns.concerns(session)) return this.#turns.take(session, state)
      return decode.call(this.#mux, channel, state)
    } catch (err) {
      throw err instanceof Misuse ? err : new Misuse('what is no message', { cause: err })
    }
  }

  /** The open channel that a message is for; null where there is none, or it is still being opened. */
  #sessionOf(channel: number, { buffer, start, end }: Received): Session | null {
    const remote = this.#mux._remote[channel - 1] ?? null
    const session = remote?.pending === null ? remote.session : null
    const isKnown = session === null ? remote !== null : buffer[start]! < session.messages.length
    if (!isKnown && !this.#stray.spend(end - start)) throw new Misuse('messages for nobody')
    return session
  }

  #onOpen({ start, end }: Received): void {
    if (end - start > MAX_OPEN_BYTES) throw new Misuse('an endless name of a channel')
    if (this.#mux._remote.length >= MAX_CHANNELS || !this.#opens.spend(1)) {
      throw new Misuse('channels without end')
    }
  }

  /** What was gathered so far leaves on its own: no frame of ours is larger than the other end takes. */
  #sendBatch(): void {
    const mux = this.#mux
    if (mux._batch === null || mux._batch.length === 0) return
    mux._sendBatch(mux._batch, mux._batchState)
    mux._batch = []
    mux._batchState = { buffer: null, start: 0, end: 1 }
  }

  #end(err: unknown): void {
    this.#mux._destroying = true
    if (this.#ended) return
    this.#ended = true
    this.#onFailure(err)
    this.#stream.destroy(err as Error)
  }
}
