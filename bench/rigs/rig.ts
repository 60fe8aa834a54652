// One way of getting film to other devices, set up as separate processes and filmed with. The engine and
// its controls answer the same questions.

import type { FilmPlan } from '../lib/film-plan.ts'
import type { Role } from '../lib/role.ts'
import type { Usage } from '../lib/counted/usage.ts'

export interface Filmed {
  /** For each fragment: ms from handing it over until it was on the disk of every holder. */
  durableMs: number[]
  /** For each fragment: ms from handing it over until the recorder knew that. */
  ackedMs: number[]
  recorder: Usage
  holders: Usage[]
  /** Bytes on the wire both ways, 0 where this way cannot tell. */
  wireBytes: number
  /** Bytes that left the recorder, until everybody had everything; 0 where this way cannot tell. */
  sentBytes: number
  mediaBytes: number
  seconds: number
}

export interface Rig {
  readonly name: 'temoin' | 'tcp' | 'http'
  readonly recorder: Role
  readonly holders: Role[]
  /** @param drainMs how long to wait after the last fragment for what is still on its way */
  film(plan: FilmPlan, drainMs: number): Promise<Filmed>
  close(): Promise<void>
}

export interface RigOptions {
  holders: number
  /** A directory of its own. */
  dir: string
  /** Where recorder and holders run; the loopback of this machine by default. */
  place?: Place
  /** Members the engine's recorder uploads to; its own number by default. */
  firstHops?: number
}

export interface Place {
  recorderHost: string
  holderHost: string
  recorderNetns?: string
  holderNetns?: string
}

export const LOOPBACK: Place = { recorderHost: '127.0.0.1', holderHost: '127.0.0.1' }

/**
 * Latency of each fragment until the last holder has it.
 * @param handedAtMs one moment for each fragment
 * @param atMs one list for each holder, a moment for each fragment; what is absent never came
 */
export function untilAll(handedAtMs: number[], atMs: (number | null | undefined)[][]): number[] {
  return handedAtMs.map((handed, i) =>
    Math.max(...atMs.map((times) => (times[i] ?? Infinity) - handed))
  )
}
