// The candidates an invite has before it at one time. Whoever is silent gives way to who comes next,
// the longest silent first: a crowd that only connects does not keep those out who ask.

import type NoiseSecretStream from '@hyperswarm/secret-stream'

/** Forty phones at once, with room to spare; each may have sent a few kilobytes. */
export const MAX_SEATS = 64

export class Seats {
  /** In order of arrival; true once it has asked. */
  readonly #taken = new Map<NoiseSecretStream, boolean>()

  get size(): number {
    return this.#taken.size
  }

  /** False where every seat is taken by somebody who has asked: it may come again. */
  take(stream: NoiseSecretStream): boolean {
    if (this.#taken.size >= MAX_SEATS && !this.#clearOne()) return false
    this.#taken.set(stream, false)
    stream.on('close', () => this.#taken.delete(stream))
    return true
  }

  asked(stream: NoiseSecretStream): void {
    if (this.#taken.has(stream)) this.#taken.set(stream, true)
  }

  clear(): void {
    for (const stream of this.#taken.keys()) stream.destroy()
    this.#taken.clear()
  }

  #clearOne(): boolean {
    for (const [stream, hasAsked] of this.#taken) {
      if (hasAsked) continue
      this.#taken.delete(stream)
      stream.destroy()
      return true
    }
    return false
  }
}
