// One film, from the tap until the engine has all of it, as the page sees it: the capture, its worker, the
// engine's film, and what happens to the device meanwhile. Begins to capture before the engine has answered,
// and goes on while the engine is away, also when the film has ended here; where the engine is a new one, the
// film goes on as a new film of it, which names the one before.
// Must never: stop capturing for want of an engine, give up what the engine has not unless a person says so,
// or call anything safe (state/film/shown/safety.ts does).

import { computed, effect, signal } from '@preact/signals'
import type { FilmingState, Handle, Key, StatusKind } from '../../../core/api/contract.ts'
import { call, connection, ownEngine, slice, socketUrl } from '../engine/engine.ts'
import { codeOf } from '../engine/failure.ts'
import { sessionKey } from '../engine/session.ts'
import { FIRST_STEP, nextBitrate, STEPS, type BitrateState } from '../state/film/uplink/bitrate.ts'
import { isGone } from '../state/film/uplink/going-on.ts'
import type { Handed } from '../state/film/shown/outcome.ts'
import { quietSecondsOf } from '../state/film/capture/quiet.ts'
import { isDead, LOOK_MS, looked } from '../state/film/capture/silence.ts'
import { battery } from './device/battery.ts'
import type { CaptureMode } from './device/camera.ts'
import type { CaptureHub } from './capture-hub.ts'
import { later } from './later.ts'
import type { CaptureStats, FromWorker } from './messages.ts'

/** `handing-on`: nothing more is captured, and the engine has not all of it. */
export type SessionPhase = 'filming' | 'ending' | 'handing-on' | 'over'

export interface SessionOptions {
  hub: CaptureHub
  mode: CaptureMode
  preEventMs: number
  /** Keep a key on this device, so that it can play what it films. */
  keepReadable: boolean
  /** Asked when the engine is; null where it is to decide. */
  circle: () => Key | null
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
/** Refusals that are said otherwise, or are over in a moment. */
const PASSING = ['ENGINE_GONE', 'BAD_STATE', 'STORAGE_FULL']
/** Statuses that wait for an engine. */
const MAX_UNTOLD = 32
const CONTROL_MS = 1000
/** Between two films that are asked for, whatever became of the first. */
const ASK_MS = 2000

export class FilmSession {
  readonly phase = signal<SessionPhase>('filming')
  readonly stats = signal(NOTHING)
  /** What the engine calls it; null until it has answered. */
  readonly handle = signal<Handle | null>(null)
  /** What the engine holds of it, the first begun first: with each engine that began anew, one more. */
  readonly recordings = signal<Key[]>([])
  /** Those of which it has media durably: all that it has of this film is in them. */
  readonly held = signal<Key[]>([])
  readonly droppedLately = signal(0)
  /** Since the camera last gave something; 0 while it does. */
  readonly quietSeconds = signal(0)
  readonly step = signal(FIRST_STEP)
  /** Why the engine takes nothing more, or did not begin. */
  readonly failure = signal<string | null>(null)
  /** Why the engine does not take it at all, by its code; null where it does, or is only busy. */
  readonly refused = signal<string | null>(null)
  /** Whether the engine has all that was captured. */
  readonly handed = signal<Handed>('waiting')
  /** Media time that a person has given up. */
  readonly givenUpSeconds = signal(0)
  /** Media time that was lost with a worker that died; null where none did. */
  readonly diedWithSeconds = signal<number | null>(null)
  /** Once it was stopped: resolves when the engine has ended it as well, or is away. */
  over: Promise<void> = Promise.resolve()
  readonly mode: CaptureMode
  readonly #slice = slice('filming')
  readonly #disk = slice('disk')
  /** What the engine says of it now. */
  readonly filming = computed<FilmingState | null>(() => {
    const handle = this.handle.value
    return handle === null ? null : (this.#slice.value?.[handle] ?? null)
  })
  readonly #options: SessionOptions
  #bitrate: BitrateState
  #asking = false
  /** Its circle: in another one it would be another film. */
  #circle: Key | null = null
  #untold: { status: StatusKind; atMs: number }[] = []
  #droppedBefore = 0
  /** What the worker has said so far, whatever it was. */
  #words = 0
  #pieces = { count: 0, atMs: performance.now() }
  #ends: (() => void)[] = []
  readonly #captured = later()
  readonly #handedOn = later()

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
    this.#ends.push(effect(() => this.#tellAll()))
    this.#ends.push(effect(() => this.#note(this.filming.value?.recording ?? null)))
    const timer = setInterval(() => this.#control(), CONTROL_MS)
    this.#ends.push(() => clearInterval(timer))
  }

  /** Ends the film: resolves when nothing more is captured. `finished` tells when the engine has all of it. */
  async stop(): Promise<void> {
    if (this.phase.value !== 'filming') return
    this.phase.value = 'ending'
    const { hub } = this.#options
    const isCaptured = await Promise.race([
      hub.end().then(() => this.#captured.promise.then(() => true)),
      this.#untilDead().then(() => false)
    ]).catch(() => false)
    this.quietSeconds.value = 0
    this.phase.value = 'handing-on'
    if (!isCaptured) this.#died()
    this.over = this.#finish()
  }

  /** Resolves when the engine has all of it, or it was given up. */
  get finished(): Promise<void> {
    return this.#handedOn.promise
  }

  /** A person has said so. */
  giveUp(): void {
    if (this.phase.value !== 'handing-on' || this.handed.value !== 'waiting') return
    this.handed.value = 'rest'
    this.givenUpSeconds.value = this.stats.value.waitingSeconds
    this.#options.hub.giveUp()
    this.#handedOn.resolve()
  }

  /** Of the worker that has to end it. */
  async #untilDead(): Promise<void> {
    let heard = { looks: 0, silent: 0, words: this.#words }
    while (!isDead(heard) && this.phase.value === 'ending') {
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS))
      heard = looked(heard, this.#words)
    }
  }

  /** What the engine has not is lost with it: nobody has decided that. */
  #died(): void {
    this.handed.value = 'rest'
    this.diedWithSeconds.value = this.stats.value.waitingSeconds
    this.#handedOn.resolve()
  }

  /** Stands in the film from that moment on, told at once or as soon as there is an engine. */
  happened(status: StatusKind): void {
    if (this.#untold.length < MAX_UNTOLD) this.#untold.push({ status, atMs: Date.now() })
    this.#tellAll()
  }

  /** Tells the engine where there is one: of something that holds from now on. */
  tell(ask: (filming: Handle) => Promise<unknown>): void {
    const filming = this.handle.value
    if (filming !== null && connection.value === 'open') ask(filming).catch(() => {})
  }

  #tellAll(): void {
    const filming = this.filming.value
    if (filming === null || filming.reason !== null || connection.value !== 'open') return
    for (const said of this.#untold.splice(0)) {
      call('film.status', { filming: filming.filming, ...said }).catch((err: unknown) => {
        if (codeOf(err) === 'ENGINE_GONE') this.#untold.push(said)
      })
    }
  }

  async #finish(): Promise<void> {
    await this.#handedOn.promise
    const filming = this.handle.value
    for (const end of this.#ends) end()
    if (filming !== null) await call('film.stop', { filming }).catch(() => {})
    this.phase.value = 'over'
    this.#options.hub.close()
  }

  /** A film of this engine where there is none: at the start, and after the engine began anew. */
  #followEngine(): void {
    const known = this.#slice.value
    const handle = this.handle.value
    const diskFull = this.#disk.value?.full ?? false
    if (connection.value !== 'open' || known === null || this.phase.value === 'over') return
    if (handle === null || isGone(known[handle], diskFull)) void this.#ask()
  }

  #note(recording: Key | null): void {
    const known = this.recordings.peek()
    if (recording !== null && !known.includes(recording))
      this.recordings.value = [...known, recording]
  }

  async #ask(): Promise<void> {
    if (this.#asking) return
    this.#asking = true
    try {
      const { preEventMs, keepReadable } = this.#options
      const previous = this.recordings.peek().at(-1)
      const asked = previous === undefined ? { preEventMs } : { previous }
      const wanted = this.#circle ?? this.#options.circle()
      const where = wanted === null ? {} : { circle: wanted }
      const { filming, circle } = await call('film.start', { keepReadable, ...where, ...asked })
      this.#circle = circle
      this.failure.value = null
      this.refused.value = null
      this.handle.value = filming
      const url = socketUrl(`/film/${encodeURIComponent(filming)}`)
      this.#options.hub.film(url, sessionKey())
    } catch (err) {
      const code = codeOf(err)
      if (code !== 'ENGINE_GONE') this.failure.value = code
      this.refused.value = PASSING.includes(code) ? null : code
    } finally {
      setTimeout(() => (this.#asking = false), ASK_MS)
    }
  }

  #onWorker(message: FromWorker): void {
    this.#words++
    if (message.type === 'stats') this.stats.value = message.stats
    if (message.type === 'cut') void this.#rejoin()
    if (message.type === 'captured') this.#captured.resolve()
    if (message.type === 'held') this.held.value = [...this.held.value, message.recording]
    if (message.type === 'ended') this.#ended()
    if (message.type === 'failed') this.failure.value = 'CAPTURE_FAILED'
    if (message.type === 'over' && this.phase.value === 'filming') {
      this.failure.value = message.code ?? message.reason
    }
  }

  /** What was given up does not become whole by it. */
  #ended(): void {
    if (this.handed.value === 'waiting') this.handed.value = 'all'
    this.#handedOn.resolve()
  }

  /** Where the engine is the one that has this film; of another one a new film is asked. */
  async #rejoin(): Promise<void> {
    const handle = this.handle.value
    const key = await ownEngine(() => this.phase.value === 'over' || this.handle.value !== handle)
    if (key !== null) this.#options.hub.renew(key)
  }

  #control(): void {
    this.#followEngine() // what was refused, or came too soon, is asked for again
    if (this.phase.value !== 'filming') return
    this.#listen()
    if (this.mode !== 'photo') this.#steer() // which is over before any of it counts
  }

  #steer(): void {
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
    if (pieces !== this.#pieces.count) {
      this.#pieces = { count: pieces, atMs: nowMs }
      if (this.failure.peek() === 'CAPTURE_FAILED') this.failure.value = null
    }
    this.quietSeconds.value = quietSecondsOf(nowMs - this.#pieces.atMs)
  }
}
