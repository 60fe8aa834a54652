// A wire between two Noise streams of one process, as two devices would have it, that a test holds in
// its hand: how long a byte takes, whether it flows at all, when the cable is pulled, how much passed.
// Must never: change, drop or reorder a byte of a link that stands; a link is a stream.

import b4a from 'b4a'
import NoiseSecretStream from '@hyperswarm/secret-stream'
import type { Assert } from 'brittle'
import type { KeyPair } from 'hypercore-crypto'
import { StreamLink } from '../../../core/links/stream/stream-link.ts'

export interface WireOptions {
  /** How long each byte is under way, ms. @default 0 */
  latencyMs?: number
}

/**
 * Joins the owners of two key pairs. Both ends are open and know each other when it resolves; the
 * cable is pulled at the end of the test, before anything else is torn down.
 */
export async function wire(
  t: Assert,
  first: KeyPair,
  second: KeyPair,
  { latencyMs = 0 }: WireOptions = {}
): Promise<Wire> {
  const a = new NoiseSecretStream(true, null, { keyPair: first })
  const b = new NoiseSecretStream(false, null, { keyPair: second })
  for (const stream of [a, b]) stream.on('error', () => {})
  const ways = {
    toA: new Direction(b.rawStream, a.rawStream, latencyMs),
    toB: new Direction(a.rawStream, b.rawStream, latencyMs)
  }
  await Promise.all([a.opened, b.opened])
  const joined = new Wire(a, b, ways)
  t.teardown(() => joined.cut(), { order: -1 })
  return joined
}

export class Wire {
  readonly a: StreamLink
  readonly b: StreamLink
  readonly toA: Direction
  readonly toB: Direction

  constructor(
    a: NoiseSecretStream,
    b: NoiseSecretStream,
    { toA, toB }: { toA: Direction; toB: Direction }
  ) {
    this.a = new StreamLink('wire', a, Date.now())
    this.b = new StreamLink('wire', b, Date.now())
    this.toA = toA
    this.toB = toB
  }

  /** Chunks that have passed, both ways: what a livelock shows in. */
  get chunks(): number {
    return this.toA.chunks + this.toB.chunks
  }

  /** Nothing arrives any more and neither end is told; writers feel a line that is full. */
  pause(): void {
    this.toA.pause()
    this.toB.pause()
  }

  resume(): void {
    this.toA.resume()
    this.toB.resume()
  }

  /** The cable is pulled: what is under way is lost, and both ends see the link close. */
  cut(): void {
    this.toA.stop()
    this.toB.stop()
    this.a.stream.destroy()
    this.b.stream.destroy()
  }
}

/** One way of the wire. */
export class Direction {
  chunks = 0
  bytes = 0
  latencyMs: number
  readonly #from: any
  readonly #to: any
  readonly #under: Uint8Array[] = []
  readonly #timers = new Set<Timer>()
  #paused = false
  #stopped = false

  /** @param from the outer end of one stream @param to the outer end of the other */
  constructor(from: unknown, to: unknown, latencyMs: number) {
    this.#from = from
    this.#to = to
    this.latencyMs = latencyMs
    this.#from.on('data', (chunk: Uint8Array) => this.#take(chunk))
    this.#from.on('error', () => {})
    this.#from.on('close', () => this.#to.destroy())
  }

  pause(): void {
    this.#paused = true
    this.#from.pause()
  }

  resume(): void {
    this.#paused = false
    this.#deliver(this.#under.length)
    this.#from.resume()
  }

  stop(): void {
    this.#stopped = true
    for (const timer of this.#timers) clearTimeout(timer)
    this.#under.length = 0
  }

  #take(chunk: Uint8Array): void {
    this.chunks++
    this.bytes += chunk.byteLength
    this.#under.push(b4a.from(chunk))
    if (this.#paused) return this.#from.pause() // the other way's reading resumes it
    if (this.latencyMs === 0) return this.#deliver(this.#under.length)
    const timer = setTimeout(() => {
      this.#timers.delete(timer)
      if (!this.#paused) this.#deliver(1)
    }, this.latencyMs)
    this.#timers.add(timer)
  }

  #deliver(count: number): void {
    for (const chunk of this.#under.splice(0, count)) {
      if (!this.#stopped && !this.#to.destroying) this.#to.write(chunk)
    }
  }
}
