// Who has been let in: a launch token is exchanged once for two secrets, a cookie that no script can read
// and a key that only pages of this very origin keep. Either alone opens nothing: other servers of this
// machine are sent the cookie (cookies know no ports), scripts that got in have the key. A key is good for
// one run of the engine; by a third secret, which only the memory of a page has, it gets the next (reunion.ts).
// Must never: keep a token, a cookie or a key as it was given out, or tell how near a wrong one was.

import { hex } from '../../encoding/hex.ts'
import { MAX_APP_SESSIONS } from '../../encoding/memory/app-sessions.ts'
import type { AppSessions } from '../../encoding/memory/app-sessions.ts'
import { labelled, randomBytes } from '../../identity/hash.ts'
import b4a from 'b4a'

/** A launch token that nobody uses is good for so long. */
const TOKEN_MS = 10 * 60_000
const MAX_TOKENS = 16
const MAX_TICKETS = 256
/** Wrong tokens in a minute; then the wrong ones wait. */
const MAX_WRONG = 10
const WRONG_MS = 60_000

/** Of one session: each window that goes on under a new engine gets one of its own. */
const MAX_KEYS = 16

interface Session {
  keys: Map<string, null>
  /** 32 bytes. */
  secret: Uint8Array
  /** Paths that a player or a download may ask for without the key. */
  tickets: Map<string, string>
}

export class Sessions {
  readonly #now: () => number
  readonly #tokens = new Map<string, number>()
  readonly #sessions = new Map<string, Session>()
  #wrongAtMs: number[] = []

  constructor(now: () => number) {
    this.#now = now
  }

  /** A new launch token. */
  mint(): string {
    const token = secret()
    keepNewest(this.#tokens, MAX_TOKENS - 1)
    this.#tokens.set(digest(token), this.#now() + TOKEN_MS)
    return token
  }

  /** @returns null where it is none, or is used or too old; 'wait' after too many wrong ones */
  exchange(token: string): { cookie: string; key: string } | null | 'wait' {
    const now = this.#now()
    this.#wrongAtMs = this.#wrongAtMs.filter((atMs) => now - atMs < WRONG_MS)
    const id = digest(token)
    const untilMs = this.#tokens.get(id) ?? 0
    this.#tokens.delete(id)
    if (untilMs <= now) return this.#wrong(now)
    const [cookie, key] = [secret(), secret()]
    this.#add(digest(cookie), randomBytes(32))
    this.renew(cookie, key)
    return { cookie, key }
  }

  /** Those of an engine that was killed: they have no keys, and get them by their secrets alone. */
  restore(sessions: AppSessions['sessions']): void {
    for (const { cookie, secret } of sessions) this.#add(hex(cookie), secret)
  }

  /** For the next engine. */
  get kept(): AppSessions['sessions'] {
    return [...this.#sessions].map(([cookie, { secret }]) => ({
      cookie: b4a.from(cookie, 'hex'),
      secret
    }))
  }

  /** Null where the cookie is none of ours. */
  secretOf(cookie: string): Uint8Array | null {
    return this.#of(cookie)?.secret ?? null
  }

  /** Another key for this session. */
  renew(cookie: string, key: string): void {
    const { keys } = this.#of(cookie)!
    keepNewest(keys, MAX_KEYS - 1)
    keys.set(digest(key), null)
  }

  /** The cookie is one of ours: its key is still to be shown. */
  knows(cookie: string): boolean {
    return this.#of(cookie) !== null
  }

  admits(cookie: string | null, key: string | undefined): boolean {
    const session = this.#of(cookie)
    return session !== null && key !== undefined && session.keys.has(digest(key))
  }

  /** What a cookie must bring beside it to be answered at this path. */
  ticket(cookie: string, path: string): string {
    const ticket = secret()
    const tickets = this.#of(cookie)!.tickets
    keepNewest(tickets, MAX_TICKETS - 1)
    tickets.set(digest(ticket), path)
    return ticket
  }

  admitsTicket(cookie: string | null, path: string, ticket: string): boolean {
    return this.#of(cookie)?.tickets.get(digest(ticket)) === path
  }

  /** Of 256 bits nothing is guessed: the right token never waits, or whoever guesses would lock its owner out. */
  #wrong(now: number): null | 'wait' {
    if (this.#wrongAtMs.length >= MAX_WRONG) return 'wait'
    this.#wrongAtMs.push(now)
    return null
  }

  #add(cookie: string, secret: Uint8Array): void {
    keepNewest(this.#sessions, MAX_APP_SESSIONS - 1)
    this.#sessions.set(cookie, { keys: new Map(), secret, tickets: new Map() })
  }

  #of(cookie: string | null): Session | null {
    return cookie === null ? null : (this.#sessions.get(digest(cookie)) ?? null)
  }
}

/** The value of our cookie, or null. Named with the port: other servers of this machine see it as well. */
export function cookieIn(header: string | undefined, port: number): string | null {
  for (const pair of (header ?? '').split(';')) {
    const [name, value] = pair.trim().split('=', 2)
    if (name === cookieName(port) && value) return value
  }
  return null
}

export function setCookie(value: string, port: number): string {
  return `${cookieName(port)}=${value}; HttpOnly; SameSite=Strict; Path=/`
}

function cookieName(port: number): string {
  return `temoin-${port}`
}

/** 256 bits. */
function secret(): string {
  return hex(randomBytes(32))
}

/** Looked up and compared as this, so that time tells nothing of the secret. */
function digest(text: string): string {
  return hex(labelled('temoin/api-session/1', b4a.from(text)))
}

function keepNewest(map: Map<string, unknown>, most: number): void {
  for (const key of map.keys()) {
    if (map.size <= most) return
    map.delete(key)
  }
}
