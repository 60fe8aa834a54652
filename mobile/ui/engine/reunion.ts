// Knows the engine again that was killed and started under this page (core/api/server/reunion.ts has the
// other half): each shows the other that it has the secret of the session, and both make the next key of it.
// Must never: keep the secret anywhere but in this page's memory, or show anything to an engine that has not
// shown first that it is ours: whoever has the port now may be somebody else.

import type { ServerMessage } from '../../../core/api/contract.ts'

type Challenge = Extract<ServerMessage, { type: 'challenge' }>
type Purpose = 'engine' | 'page' | 'key'

/** What the engine closes with once both know each other. */
const COME_AGAIN = 4410
/** And where it does not. */
const REFUSED = 4401
/** Whoever has the port may say nothing for ever; a device that does ten other things is slow to answer. */
const PATIENCE_MS = 10_000
/** Between two tries to learn a secret. */
const RETRY_MS = 1000

let secret: CryptoKey | null = null

/** This page was let in: it has something to lose to whoever else may have the port. */
export function wasLetIn(): boolean {
  return secret !== null
}

/** @param text 64 hex digits; scripts cannot read it again */
export async function remember(text: string): Promise<void> {
  const hmac = { name: 'HMAC', hash: 'SHA-512' }
  secret = await crypto.subtle.importKey('raw', bytesOf(text), hmac, false, ['sign'])
}

/**
 * Another window was let in anew, and the cookie of this browser is of that session now: its secret is learnt,
 * over a socket of its own, or this window could show nothing to the next engine. Tried until it is.
 * @param isSure asked before each try, and when it comes: the engine has its port still, and this key is the newest
 */
export function learnSecret(url: string, key: string, isSure: () => boolean): void {
  if (!isSure()) return
  const socket = new WebSocket(url)
  const timer = setTimeout(() => socket.close(), PATIENCE_MS)
  let isLearnt = false
  socket.onopen = () => socket.send(JSON.stringify({ type: 'hello', key }))
  socket.onmessage = ({ data }: MessageEvent<string>) => {
    const message = JSON.parse(data) as ServerMessage
    isLearnt = message.type === 'session' && isSure()
    if (message.type === 'session' && isLearnt) void remember(message.secret)
    socket.close()
  }
  socket.onclose = () => {
    clearTimeout(timer)
    if (!isLearnt) setTimeout(() => learnSecret(url, key, isSure), RETRY_MS)
  }
}

export interface Known {
  /** Of the session from here on; null where that is not our engine, or nobody, or it does not know us. */
  key: string | null
  /** It is there, and knows nothing of us. */
  refused: boolean
}

/** Over a socket of its own; for a page that was let in, or nobody is known. */
export function knowAgain(url: string): Promise<Known> {
  if (secret === null) return Promise.resolve({ key: null, refused: false })
  const page = hexOf(crypto.getRandomValues(new Uint8Array(32)))
  const socket = new WebSocket(url)
  let key: string | null = null
  socket.onopen = () => socket.send(JSON.stringify({ type: 'resume', nonce: page }))
  socket.onmessage = async ({ data }: MessageEvent<string>) => {
    const { type, nonce, proof } = JSON.parse(data) as Challenge
    const made = type === 'challenge' ? await answerTo(page, nonce, proof) : null
    if (made === null) return socket.close()
    key = made.key
    socket.send(JSON.stringify({ type: 'proof', proof: made.proof }))
  }
  return new Promise<Known>((resolve) => {
    const timer = setTimeout(() => resolve({ key: null, refused: false }), PATIENCE_MS)
    socket.onclose = ({ code }) => {
      clearTimeout(timer)
      resolve({ key: code === COME_AGAIN ? key : null, refused: code === REFUSED })
    }
  }).finally(() => socket.close())
}

async function answerTo(page: string, engine: string, proof: string) {
  const make = (purpose: Purpose): Promise<string> => macOf(purpose, page, engine)
  if ((await make('engine')) !== proof) return null
  return { proof: await make('page'), key: await make('key') }
}

async function macOf(purpose: Purpose, page: string, engine: string): Promise<string> {
  const said = ['temoin/app-reunion/1', purpose, location.port, page, engine].join('\n')
  const mac = await crypto.subtle.sign('HMAC', secret!, new TextEncoder().encode(said))
  return hexOf(new Uint8Array(mac, 0, 32))
}

function hexOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(text.match(/../g) ?? [], (pair) => parseInt(pair, 16))
}
