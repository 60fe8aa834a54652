// This device as screens see it.

import type { Failure, Handle, Key } from './codes.ts'

/**
 * `opening`: wait. `sealed`: its seed is under a passphrase: `device.unlock`. `ready`: all there.
 * `failed`: see `failure`. `wiped`: a panic has ended, nothing of it is left here.
 */
export type DevicePhase = 'opening' | 'sealed' | 'ready' | 'failed' | 'wiped'

export interface DeviceState {
  phase: DevicePhase
  failure: Failure | null
  /** Null before it is `ready`. */
  device: Key | null
  name: string
  /** False where the name is the one that was made up for it; it may have another in a circle (`CircleState.named`). */
  named: boolean
  /** Locked while running: films and holds on, opens nothing. `device.unlock` */
  locked: boolean
  /** Its seed is under a passphrase, so that `device.lock` can work. */
  protected: boolean
  version: string
  /** The engine's clock when this was said: compare with the page's. */
  nowMs: number
}

export interface DiskState {
  /** Nothing new is taken until there is room. */
  full: boolean
  /** Bytes of what is held. */
  heldBytes: number
  /** Bytes that this device may still take; null where the system does not say. */
  roomBytes: number | null
}

/** A redemption of an invite that is under way, or was cut short and is `pending`. */
export interface JoinState {
  /** `refused`: see `failure`. `joined`: the circle is among the circles. */
  phase: 'pending' | 'looking' | 'asked' | 'joined' | 'refused'
  /** How often the inviter has been looked for. */
  attempt: number
  expiresAtMs: number
  /** From `asked` on: what both screens show, by language (`en`, `fr`). */
  phrases: Phrases | null
  /** A person over there looks at it first. */
  confirm: boolean
  circle: Key | null
  failure: Failure | null
}

/** The same check phrase in every language there is: people compare the words of one. */
export type Phrases = Record<string, string>

/** What came of a panic. */
export interface WipedState {
  /** Recordings that nobody else is known to hold whole. */
  notSafe: { recording: Key; length: number; safeLength: number }[]
  /** A folder where those were left, sealed; null where nothing was left. */
  kept: string | null
  /** The store could not be read: what it said. */
  unread: string | null
  /** What could not be read lies where it was; `panic` with `everything` removes it. */
  left: boolean
}

/** An evidence package in the making, or made. */
export interface ExportState {
  export: Handle
  recording: Key
  phase: 'writing' | 'checking' | 'done' | 'failed'
  /** From 0 to 1. */
  progress: number
  /** Its folder on this device's disk. */
  dir: string
  seconds: number | null
  /** Each is at `/export/<export>/<name>`; all of them, as one zip, at `/export/<export>.zip`. */
  files: { name: string; bytes: number }[]
  /** How much of the zip has been handed over, from 0 to 1, while that goes on; else null. */
  handedOver: number | null
  verdict: VerdictState | null
  failure: Failure | null
}

/** What `verify` says of a package. */
export interface VerdictState {
  /** Nothing failed; findings may remain. */
  ok: boolean
  recording: Key | null
  author: Key | null
  length: number
  seconds: number
  sealed: boolean
  receipts: { part: number; device: Key; length: number; at: string }[]
  /** Said afterwards, signed by `device`: no part of what was captured. */
  annotations: {
    part: number
    seconds: number
    tag: string | null
    text: string
    device: Key
    saidAt: string
  }[]
  /** Failures first; `code` is one of `ReasonCode` in core/evidence/verify/verdict.ts. */
  reasons: {
    code: string
    severity: 'failure' | 'finding'
    message: string
    file: string | null
    part: number | null
    block: number | null
    seconds: number | null
  }[]
}
