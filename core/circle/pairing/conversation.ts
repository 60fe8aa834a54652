// Messages back and forth on one Noise stream during pairing: one is waited for at a time, and never
// more bytes are taken than the whole conversation may need.
// Must never: keep what nobody waits for.

import type NoiseSecretStream from '@hyperswarm/secret-stream'
import { TemoinError } from '../../errors.ts'

/** Messages that may lie here unread. */
const MAX_UNREAD = 2
/** A last message not taken by then is not waited for. */
const FAREWELL_MS = 5000
const LONGEST_WAIT_MS = 86_400_000

export class Conversation {
  readonly stream: NoiseSecretStream
  readonly #maxBytes: number
  readonly #unread: Uint8Array[] = []
  #waiting: { resolve: (message: Uint8Array) => void; fail: () => void } | null = null
  #bytes = 0
  #over = false

  /** @param maxBytes that the other end may send altogether, framing included */
  constructor(stream: NoiseSecretStream, maxBytes: number) {
    this.stream = stream
    this.#maxBytes = maxBytes
    stream.on('error', () => {})
    stream.on('data', (data) => this.#onMessage(data))
    stream.on('end', () => this.#onOver())
    stream.on('close', () => this.#onOver())
    void stream.opened.then((opened) => opened && this.#countRawBytes())
  }

  /** The next message. @throws TemoinError CLOSED where the other side leaves or says nothing in time */
  next(timeoutMs: number): Promise<Uint8Array> {
    const message = this.#unread.shift()
    if (message !== undefined) return Promise.resolve(message)
    return new Promise((resolve, reject) => {
      const done = (finish: () => void): void => {
        clearTimeout(timer)
        this.#waiting = null
        finish()
      }
      const fail = (): void => done(() => reject(left()))
      const timer = setTimeout(fail, Math.min(timeoutMs, LONGEST_WAIT_MS))
      this.#waiting = { resolve: (data) => done(() => resolve(data)), fail }
      if (this.#over) fail()
    })
  }

  say(message: Uint8Array): void {
    if (!this.stream.destroyed) this.stream.write(message)
  }

  /** Says a last thing; the stream is gone soon after, whatever the other end does. */
  sayLast(message: Uint8Array): void {
    this.say(message)
    this.stream.end()
    const timer = setTimeout(() => this.stream.destroy(), FAREWELL_MS)
    this.stream.on('close', () => clearTimeout(timer))
    if (this.stream.destroyed) clearTimeout(timer)
  }

  #onMessage(data: Uint8Array): void {
    if (this.#waiting !== null) return this.#waiting.resolve(data)
    if (this.#unread.push(data) > MAX_UNREAD) this.stream.destroy()
  }

  #onOver(): void {
    this.#over = true
    this.#waiting?.fail()
  }

  /** A Noise message may claim to be of 16 MiB, and would be gathered before anybody sees it. */
  #countRawBytes(): void {
    const { rawStream } = this.stream as { rawStream: any }
    if (typeof rawStream?.bytesReceived !== 'number') return // no wire: an emulated one in a test
    rawStream.on('data', (data: Uint8Array) => {
      this.#bytes += data.byteLength
      if (this.#bytes > this.#maxBytes) this.stream.destroy()
    })
  }
}

function left(): TemoinError {
  return new TemoinError('CLOSED', 'The other side left')
}
