// A page and an engine that was started anew under it know each other again. Each shows the other that it
// has the secret of the session, by a MAC over random numbers of both and the port; what the page then asks
// with is made from the same, and never sent. Whoever held the port meanwhile and passes all of this on has
// nothing: the page opens a connection of its own once it knows that the engine has the port again.
// Must never: send the secret, or what is made of it to ask with.

import b4a from 'b4a'
import sodium from 'sodium-universal'
import { hex } from '../../encoding/hex.ts'
import { randomBytes } from '../../identity/hash.ts'

const NONCE = /^[0-9a-f]{64}$/

export type Purpose = 'engine' | 'page' | 'key'

export interface Numbers {
  port: number
  /** 64 hex digits each. */
  page: string
  engine: string
}

export class Reunion {
  readonly #secret: Uint8Array
  readonly #numbers: Numbers

  private constructor(secret: Uint8Array, numbers: Numbers) {
    this.#secret = secret
    this.#numbers = numbers
  }

  /** @returns null where what the page sent is no random number */
  static begin(secret: Uint8Array, port: number, page: unknown): Reunion | null {
    if (typeof page !== 'string' || !NONCE.test(page)) return null
    return new Reunion(secret, { port, page, engine: hex(randomBytes(32)) })
  }

  /** What the engine says: nobody else could. */
  get challenge(): { type: 'challenge'; nonce: string; proof: string } {
    const nonce = this.#numbers.engine
    return { type: 'challenge', nonce, proof: proofOf(this.#secret, 'engine', this.#numbers) }
  }

  /** The key of the session from here on, or null where the page does not have the secret. */
  keyFor(proof: unknown): string | null {
    const wanted = b4a.from(proofOf(this.#secret, 'page', this.#numbers))
    const given = b4a.from(typeof proof === 'string' ? proof : '')
    const isRight = given.byteLength === wanted.byteLength && sodium.sodium_memcmp(given, wanted)
    return isRight ? proofOf(this.#secret, 'key', this.#numbers) : null
  }
}

/** HMAC-SHA-512 of `temoin/app-reunion/1 LF purpose LF port LF page LF engine`, its first 32 bytes, as hex. */
export function proofOf(secret: Uint8Array, purpose: Purpose, numbers: Numbers): string {
  const { port, page, engine } = numbers
  const out = b4a.alloc(32)
  const said = ['temoin/app-reunion/1', purpose, port, page, engine].join('\n')
  sodium.crypto_auth(out, b4a.from(said), secret)
  return hex(out)
}
