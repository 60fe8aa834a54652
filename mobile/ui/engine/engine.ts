// The page's one connection to the engine: its state as signals, its calls as functions. Goes on trying
// where the connection is lost. Must never: keep the token, or ask twice for what was asked once (a call
// whose answer was lost has failed; the state says what became of it).

import { computed, effect, signal, type ReadonlySignal } from '@preact/signals'
import type { Answer, Args, CallName, ServerMessage, State } from '../../../core/api/contract.ts'
import { apply } from '../state/apply.ts'
import { EngineFailure, gone } from './failure.ts'
import { knowAgain, learnSecret, remember, wasLetIn } from './reunion.ts'
import { exchangeToken, hasToken, keepSessionKey, onOtherKey, sessionKey } from './session.ts'

/** `lost`: it was there and is not; it is tried again until it is back. `denied`: no valid session. */
export type Connection = 'connecting' | 'open' | 'lost' | 'denied'

/** Between two tries: soon at first, for an engine that restarts while somebody films. */
const RETRY_MS = [100, 250, 500, 1000]

/** For the engine to say what is so: whoever has its port meanwhile may say nothing for ever. */
const PATIENCE_MS = 10_000

/** What the engine closes with where the key is none of its own. */
const REFUSED = 4401

const whole = signal<State | null>(null)
const waiting = new Map<number, { resolve(answer: never): void; reject(err: Error): void }>()
let socket: WebSocket | null = null
let lastId = 0
let tries = 0
let retry = 0
let patience = 0

export const connection = signal<Connection>('connecting')

/** What the engine last said; null before it said anything. Kept while the connection is lost. */
export const state: ReadonlySignal<State | null> = whole

/** One slice: `slice('circles').value` changes only when that slice does. */
export function slice<S extends keyof State>(name: S): ReadonlySignal<State[S] | null> {
  return computed(() => whole.value?.[name] ?? null)
}

/** Connects, and stays connected until the page goes. An engine that began anew gives a new token. */
export function openEngine(): void {
  const begin = (): void => {
    // A token that was used already may have been used by this very browser: its session is tried.
    void exchangeToken()
      .catch(() => {})
      .then(again)
  }
  addEventListener('hashchange', () => hasToken() && begin())
  onOtherKey((key) => {
    const here = socket
    const isOpen = (): boolean => here !== null && here === socket && connection.value === 'open'
    learnSecret(socketUrl('/api'), key, () => isOpen() && sessionKey() === key)
  })
  begin()
}

/** @throws EngineFailure with the engine's code, or `ENGINE_GONE` */
export function call<N extends CallName>(name: N, args: Args<N>): Promise<Answer<N>> {
  const open = socket
  if (open === null || open.readyState !== WebSocket.OPEN) return Promise.reject(gone())
  const id = ++lastId
  return new Promise((resolve, reject) => {
    waiting.set(id, { resolve, reject })
    open.send(JSON.stringify({ type: 'call', id, call: name, args }))
  })
}

/** The address of something that the engine serves beside its state, for WebSocket. */
export function socketUrl(path: string): string {
  return new URL(path, location.href).href.replace(/^http/, 'ws')
}

/**
 * Resolves when nobody but our engine can have the port. While it is away another program could, so a page
 * that was let in loads nothing from there.
 */
export function whenSure(): Promise<void> {
  return new Promise((resolve) => {
    const stop = effect(() => {
      if (isSure()) queueMicrotask(() => (stop(), resolve()))
    })
  })
}

export function isSure(): boolean {
  return connection.value === 'open' || !wasLetIn()
}

/**
 * A key of the engine that has the port, once that has shown to be ours: for another connection of this page.
 * @param isOver nobody waits for it any more; null then
 */
export async function ownEngine(isOver: () => boolean): Promise<string | null> {
  for (let tries = 0; !isOver(); tries++) {
    const { key } = await knowAgain(socketUrl('/api'))
    if (key !== null) keepSessionKey(key)
    if (key !== null) return isOver() ? null : key
    await delay(RETRY_MS[Math.min(tries, RETRY_MS.length - 1)]!)
  }
  return null
}

/** At once, whatever there was: the session is a new one. */
function again(): void {
  clearTimeout(retry)
  const old = socket
  socket = null
  old?.close()
  fail()
  connect()
}

function connect(): void {
  const opening = new WebSocket(socketUrl('/api'))
  socket = opening
  clearTimeout(patience)
  patience = window.setTimeout(() => opening.close(), PATIENCE_MS)
  opening.onopen = () => opening.send(JSON.stringify({ type: 'hello', key: sessionKey() }))
  opening.onmessage = (event: MessageEvent<string>) =>
    receive(JSON.parse(event.data) as ServerMessage)
  opening.onclose = ({ code }) => void lost(opening, code)
}

function receive(message: ServerMessage): void {
  if (message.type === 'session') {
    void remember(message.secret)
  } else if (message.type === 'state') {
    clearTimeout(patience)
    tries = 0
    whole.value = message.state
    connection.value = 'open'
  } else if (message.type === 'changes') {
    if (whole.value !== null) whole.value = apply(whole.value, message.changes)
  } else if (message.type === 'answer') {
    settle(message.id)?.resolve(message.answer as never)
  } else if (message.type === 'failure') {
    settle(message.id)?.reject(new EngineFailure(message.failure))
  }
}

function settle(id: number) {
  const asked = waiting.get(id)
  waiting.delete(id)
  return asked
}

async function lost(closed: WebSocket, code: number): Promise<void> {
  if (closed !== socket) return
  socket = null
  fail()
  await seek(code === REFUSED || sessionKey() === '')
}

/**
 * Whoever has the port now may be somebody else: a page that was let in asks first who that is, also where only
 * the connection was cut, and then connects with the key that the two have made. To others it says nothing, and
 * of them it believes nothing.
 */
async function seek(isRefused: boolean): Promise<void> {
  if (connection.value !== 'denied' || !isRefused) connection.value = 'lost'
  const known = wasLetIn() ? await knowAgain(socketUrl('/api')) : { key: null, refused: isRefused }
  if (socket !== null) return // another way in was found
  if (known.key !== null) {
    keepSessionKey(known.key)
    return connect()
  }
  if (known.refused) connection.value = 'denied'
  const next = wasLetIn() ? (): void => void seek(known.refused) : connect
  retry = window.setTimeout(next, RETRY_MS[Math.min(tries++, RETRY_MS.length - 1)])
}

function fail(): void {
  for (const { reject } of waiting.values()) reject(gone())
  waiting.clear()
}

function delay(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
