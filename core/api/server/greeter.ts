// Sockets of the app until they have shown whose they are: by the key of a session, in a short time. A page
// that an earlier engine let in is told here how to get the next key.
// Must never: let those who have shown nothing, or the cookie alone, keep others out.

import type { WebSocketEnd } from '../../runtime/web/web-socket.ts'
import { Reunion } from './reunion.ts'
import type { Sessions } from './sessions.ts'

/** That have shown their key. */
const MAX_HEARD = 24
/** That have not yet. */
const MAX_UNHEARD = 16
/** Close codes of the contract. */
const REFUSED = 4401
const COME_AGAIN = 4410
const TOO_MANY = 4429

export interface GreeterOptions {
  sessions: Sessions
  /** For a socket to show its key. */
  helloMs: number
  port: () => number
}

export interface Guest {
  end: WebSocketEnd
  cookie: string
  /** It has shown its key, and is spoken to from here on. */
  welcome: () => void
}

export class Greeter {
  readonly #options: GreeterOptions
  readonly #heard = new Set<WebSocketEnd>()
  /** Oldest first. */
  readonly #unheard = new Set<WebSocketEnd>()

  constructor(options: GreeterOptions) {
    this.#options = options
  }

  get isFull(): boolean {
    return this.#heard.size >= MAX_HEARD
  }

  close(): void {
    for (const end of [...this.#heard, ...this.#unheard]) end.close(1001)
  }

  /** Nothing is said to it, and nothing of it heard, before it has shown its key. */
  greet(guest: Guest): void {
    const { end, cookie } = guest
    const { sessions, helloMs } = this.#options
    if (!sessions.knows(cookie)) return end.close(REFUSED)
    this.#await(end)
    const timer = setTimeout(() => end.close(REFUSED), helloMs)
    end.on('close', () => {
      clearTimeout(timer)
      this.#unheard.delete(end)
      this.#heard.delete(end)
    })
    end.once('message', (message) => {
      const { type, key, nonce } = said(message)
      if (type === 'resume') return this.#reunite(guest, nonce)
      clearTimeout(timer)
      if (type !== 'hello' || !sessions.admits(cookie, key)) return end.close(REFUSED)
      this.#admit(guest)
    })
  }

  #admit({ end, welcome }: Guest): void {
    this.#unheard.delete(end)
    if (this.isFull) return end.close(TOO_MANY)
    this.#heard.add(end)
    welcome()
  }

  /** Its time goes on running: this ends with a close in any case. */
  #reunite({ end, cookie }: Guest, nonce: unknown): void {
    const { sessions, port } = this.#options
    const secret = sessions.secretOf(cookie)
    const reunion = secret && Reunion.begin(secret, port(), nonce)
    if (reunion === null) return end.close(REFUSED)
    end.send(JSON.stringify(reunion.challenge))
    end.once('message', (message) => {
      const { type, proof } = said(message)
      const key = type === 'proof' ? reunion.keyFor(proof) : null
      if (key === null || !sessions.knows(cookie)) return end.close(REFUSED)
      sessions.renew(cookie, key)
      end.close(COME_AGAIN)
    })
  }

  /** Other servers of this machine are sent the cookie: with that alone one waits, and gives way. */
  #await(end: WebSocketEnd): void {
    const [oldest] = this.#unheard
    if (oldest !== undefined && this.#unheard.size >= MAX_UNHEARD) {
      this.#unheard.delete(oldest)
      oldest.close(REFUSED)
    }
    this.#unheard.add(end)
  }
}

type Said = Partial<Record<'type' | 'key' | 'nonce' | 'proof', string>>

/** Whatever it is, read as what may be in it: nothing where it is no object. */
function said(message: Uint8Array | string): Said {
  try {
    const found = JSON.parse(typeof message === 'string' ? message : '')
    if (typeof found !== 'object' || found === null) return {}
    const texts = Object.entries(found).filter(([, value]) => typeof value === 'string')
    return Object.fromEntries(texts) as Said
  } catch {
    return {}
  }
}
