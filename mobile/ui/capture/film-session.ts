// One film, from the tap to its end, as the page sees it: the capture, its worker, the engine's film, and
// what happens to the device meanwhile. Begins to capture before the engine has answered, and goes on while
// the engine is away; where the engine is a new one, the film goes on as a new film of it.
// Must never: stop capturing for want of an engine, or call anything safe (state/film/safety.ts does).

import { computed, effect, signal } from '@preact/signals'
import type { FilmingState, Handle, Key } from '../../../core/api/contract.ts'
import { call, connection, slice, socketUrl } from '../engine/engine.ts'
import { codeOf } from '../engine/failure.ts'
import { sessionKey } from '../engine/session.ts'
import { FIRST_STEP, nextBitrate, STEPS, type BitrateState } from '../state/film/bitrate.ts'
import { isGone } from '../state/film/going-on.ts'
import { quietSecondsOf } from '../state/film/quiet.ts'
import { battery } from './battery.ts'
import type { Camera, CaptureMode } from './camera.ts'
import type { CaptureHub } from './capture-hub.ts'
import type { CaptureStats, FromWorker } from './messages.ts'

export type SessionPhase = 'filming' | 'ending' | 'over'

export interface SessionOptions {
  hub: CaptureHub
  camera: Camera
  mode: CaptureMode
  preEventMs: number
  /** Keep a key on this device, so that it can play what it films. */
  keepReadable: boolean
}

const NOTHING: CaptureStats = {
  seconds: 0,
  ringSeconds: 0,
  pieces: 0,
  pictures: 0,
  dropped: 0,
  waitingBytes: 0,
  waitingSeconds: 0,
  droppedUs: 0
}
const CONTROL_MS = 1000
/** Between two films that are asked for, whatever became of the first. */
const ASK_MS = 2000

export class FilmSession {
  readonly phase = signal<SessionPhase>('filming')
  readonly stats = signal(NOTHING)
  /** What the engine calls it; null until it has answered. */
  readonly handle = signal<Handle | null>(null)
  /** Every film of the engine that this one became: more than one where the engine began anew. */
  readonly handles = signal<Handle[]>([])
  /** What the engine holds of it, the first begun first: with each engine that began anew, one more. */
  readonly recordings = signal<Key[]>([])
  readonly droppedLately = signal(0)
  /** Since the camera last gave something; 0 while it does. */
  readonly quietSeconds = signal(0)
  readonly step = signal(FIRST_STEP)
  /** Why the engine takes nothing more, or did not begin. */
  readonly failure = signal<string | null>(null)
  readonly startedAtMs = Date.now()
  readonly mode: CaptureMode
  readonly #slice = slice('filming')
  /** What the engine says of it now. */
  readonly filming = computed<FilmingState | null>(() => {
    const handle = this.handle.value
    return handle === null ? null : (this.#slice.value?.[handle] ?? null)
  })
  readonly #options: SessionOptions
  #bitrate: BitrateState
  #asking = false
  #droppedBefore = 0
  #pieces = { count: 0, atMs: performance.now() }
  #ends: (() => void)[] = []
  #ended: (() => void) | null = null

  constructor(options: SessionOptions) {
    this.#options = options
    this.mode = options.mode
    this.#bitrate = { step: FIRST_STEP, changedAtMs: performance.now() }
  }

  /** The tap. Nothing here waits for anything. */
  start(): void {
    const { hub } = this.#options
    hub.onMessage = (message) => this.#onWorker(message)
    hub.begin()
    this.#ends.push(effect(() => this.#followEngine()))
    this.#ends.push(effect(() => this.#note(this.filming.value?.recording ?? null)))
    const timer = setInterval(() => this.#control(), CONTROL_MS)
    this.#ends.push(() => clearInterval(timer))
  }

  /** Ends the film: resolves when it is over here, told by the engine or not. */
  async stop(): Promise<void> {
    if (this.phase.value !== 'filming') return
    this.phase.value = 'ending'
    const ended = new Promise<void>((resolve) => (this.#ended = resolve))
    await this.#options.hub.end()
    await ended
    const filming = this.handle.value
    if (filming !== null) await call('film.stop', { filming }).catch(() => {})
    for (const end of this.#ends) end()
    this.phase.value = 'over'
  }

  /** Tells the engine where there is one; what happened while there was none is in the gap. */
  tell(ask: (filming: Handle) => Promise<unknown>): void {
    const filming = this.handle.value
    if (filming !== null && connection.value === 'open') ask(filming).catch(() => {})
  }

  /** A film of this engine where there is none: at the start, and after the engine began anew. */
  #followEngine(): void {
    const known = this.#slice.value
    const handle = this.handle.value
    if (connection.value !== 'open' || known === null || this.phase.value === 'over') return
    if (handle === null || isGone(known[handle])) void this.#ask()
  }

  #note(recording: Key | null): void {
    const known = this.recordings.peek()
    if (recording !== null && !known.includes(recording))
      this.recordings.value = [...known, recording]
  }

  async #ask(): Promise<void> {
    if (this.#asking || this.phase.value !== 'filming') return
    this.#asking = true
    try {
      const { preEventMs, keepReadable } = this.#options
      const { filming } = await call('film.start', { preEventMs, keepReadable })
      this.failure.value = null
      this.handle.value = filming
      this.handles.value = [...this.handles.value, filming]
      const url = socketUrl(`/film/${encodeURIComponent(filming)}`)
      this.#options.hub.film(url, sessionKey())
    } catch (err) {
      if (codeOf(err) !== 'ENGINE_GONE') this.failure.value = codeOf(err)
    } finally {
      setTimeout(() => (this.#asking = false), ASK_MS)
    }
  }

  #onWorker(message: FromWorker): void {
    if (message.type === 'stats') this.stats.value = message.stats
    if (message.type === 'ended') this.#ended?.()
    if (message.type === 'failed') this.failure.value = 'CAPTURE_FAILED'
    if (message.type === 'over' && this.phase.value === 'filming') {
      this.failure.value = message.code ?? message.reason
    }
  }

  #control(): void {
    this.#followEngine() // what was refused, or came too soon, is asked for again
    this.#listen()
    const { dropped, waitingBytes } = this.stats.value
    const now = this.filming.value
    const online = now?.holders.some((holder) => holder.online && !holder.full) ?? false
    const input = {
      nowMs: performance.now(),
      behindSeconds: now !== null && online ? now.seconds - now.safeSeconds : null,
      waitingBytes,
      dropped: dropped - this.#droppedBefore,
      batteryPercent: battery.value.percent,
      charging: battery.value.charging
    }
    this.#droppedBefore = dropped
    this.droppedLately.value = Math.max(input.dropped, this.droppedLately.value >> 1)
    const next = nextBitrate(this.#bitrate, input)
    if (next.step !== this.#bitrate.step) this.#options.hub.spend(STEPS[next.step]!)
    this.#bitrate = next
    this.step.value = next.step
  }

  /** By the page's own clock: a worker that died tells nothing. */
  #listen(): void {
    const nowMs = performance.now()
    const { pieces } = this.stats.value
    if (pieces !== this.#pieces.count) this.#pieces = { count: pieces, atMs: nowMs }
    const isFilming = this.phase.value === 'filming'
    this.quietSeconds.value = isFilming ? quietSecondsOf(nowMs - this.#pieces.atMs) : 0
  }
}
