// Answers what the other end asks of Hypercore a few at a time, and only while it takes what it is
// sent. Hypercore reads at once every block it is asked for while the line is free: a thousand requests
// in one frame are a thousand blocks in memory.
// Must never: answer what was cancelled while it waited.

import b4a from 'b4a'
import c from 'compact-encoding'
import { MAX_REQUESTS_ANSWERED, MAX_REQUESTS_WAITING } from '../../limits.ts'
import { Misuse } from './misuse.ts'
import type { MuxInternals, Received, Session } from './mux-internals.ts'

/** Hypercore's own numbers of its messages (hypercore 11.37.1, lib/replicator.js, _makePeer). */
const PROTOCOL = 'hypercore/alpha'
const REQUEST = 1
const CANCEL = 2
/** Its largest request is eleven integers. */
const MAX_REQUEST_BYTES = 128

/** An answer that takes so long takes no turn any more: a core that was closed never gives it. */
const STUCK_MS = 10_000

interface Waiting {
  session: Session
  bytes: Uint8Array
}

interface Turn {
  session: Session
  sinceMs: number
}

export class RequestTurns {
  readonly #mux: MuxInternals
  readonly #nowMs: () => number
  /** In the order in which they came, each under its channel and its number there. */
  readonly #waiting = new Map<string, Waiting>()
  readonly #turns = new Set<Turn>()

  constructor(mux: MuxInternals, nowMs: () => number) {
    this.#mux = mux
    this.#nowMs = nowMs
  }

  static concerns(session: Session): boolean {
    return session.protocol === PROTOCOL
  }

  /**
   * Takes a message on a channel of Hypercore, its number still before it.
   *
   * @returns what Hypercore makes of it, or null where it waits
   * @throws Misuse where more wait than anybody asks for
   */
  take(session: Session, state: Received): Promise<unknown> | null {
    const type = c.uint.decode(state as any)
    if (type === CANCEL) this.#waiting.delete(nameOf(session, idOf(state, type)))
    if (type !== REQUEST) return session._recv(type, state)
    if (this.#waiting.size === 0 && this.#isFree()) return this.#answer(session, state)
    if (state.end - state.start > MAX_REQUEST_BYTES) throw new Misuse('an endless request')
    if (this.#waiting.size >= MAX_REQUESTS_WAITING) throw new Misuse('requests without end')
    const bytes = b4a.from(state.buffer.subarray(state.start, state.end)) // its frame is let go
    this.#waiting.set(nameOf(session, idOf(state, type)), { session, bytes })
    return null
  }

  /** The line has taken something, or an answer is out. */
  next(): void {
    for (const [name, { session, bytes }] of this.#waiting) {
      if (!this.#isFree()) return
      this.#waiting.delete(name)
      const state = { buffer: bytes, start: 0, end: bytes.byteLength }
      if (!session.closed) void this.#answer(session, state)
    }
  }

  clear(): void {
    this.#waiting.clear()
  }

  #isFree(): boolean {
    if (this.#turns.size >= MAX_REQUESTS_ANSWERED) this.#endStuck()
    return this.#mux.drained && this.#turns.size < MAX_REQUESTS_ANSWERED
  }

  #endStuck(): void {
    const nowMs = this.#nowMs()
    for (const turn of this.#turns) {
      if (turn.session.closed || nowMs - turn.sinceMs > STUCK_MS) this.#turns.delete(turn)
    }
  }

  #answer(session: Session, state: Received): Promise<unknown> | null {
    const answered = session._recv(REQUEST, state)
    if (answered === null) return null
    const turn = { session, sinceMs: this.#nowMs() }
    this.#turns.add(turn)
    const done = (): void => {
      this.#turns.delete(turn)
      this.next()
    }
    answered.then(done, done)
    return answered
  }
}

function nameOf({ _localId }: Session, id: number): string {
  return `${_localId}:${id}`
}

/** A request says what it asks for before its number, a cancellation does not. */
function idOf({ buffer, start, end }: Received, type: number): number {
  const state: any = { buffer, start, end }
  if (type === REQUEST) c.uint.decode(state)
  return c.uint.decode(state)
}
