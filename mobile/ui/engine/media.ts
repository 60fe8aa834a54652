// Media and packages as the engine serves them beside its state (core/api/contract/media.ts).
// Must never: put a key or a name into an address that the browser keeps.

import type { Failure, Key } from '../../../core/api/contract.ts'
import { call, isSure } from './engine.ts'
import { EngineFailure, gone } from './failure.ts'
import { sessionKey } from './session.ts'

/**
 * Asks the engine for something that is not JSON.
 * @throws EngineFailure with the engine's code, or `ENGINE_GONE` where nothing answers
 */
export async function fetchMedia(path: string, signal?: AbortSignal): Promise<Response> {
  if (!isSure()) throw gone()
  const asked = { headers: { 'x-temoin-key': sessionKey() }, ...(signal ? { signal } : {}) }
  const answer = await fetch(path, asked).catch((err: Error) => {
    throw err.name === 'AbortError' ? err : gone()
  })
  if (!answer.ok) throw new EngineFailure(await failureOf(answer))
  return answer
}

/** @param at film seconds, or the newest key fragment */
export function streamPath(recording: Key, at: number | 'live'): string {
  return `/media/${recording}/stream?at=${at === 'live' ? at : at.toFixed(3)}`
}

export function stillPath(recording: Key, at: number): string {
  return `/media/${recording}/still?at=${at.toFixed(3)}`
}

/** Lets the browser save it as a file, by an address that is good for this and nothing else. */
export async function download(path: string, name: string): Promise<void> {
  const ticket = await call('media.ticket', { path })
  const link = document.createElement('a')
  link.href = ticket.path
  link.download = name
  link.click()
}

async function failureOf(answer: Response): Promise<Failure> {
  try {
    return (await answer.json()) as Failure
  } catch {
    return { code: 'INTERNAL', message: answer.statusText }
  }
}
