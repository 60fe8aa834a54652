// One film that a page makes: its intake, its state for the screens, its end. Goes on while a page is away
// for a moment, and ends as interrupted where none comes back.
// Must never: say safe of what no holder has signed for.

import z32 from 'z32'
import EventEmitter from 'bare-events'
import type { Device } from '../../../device.ts'
import { filmHolders, isSettled } from '../../../device/facts/film-holders.ts'
import type { FilmChoices } from '../../../device/films.ts'
import type { SealReason } from '../../../encoding/recording/entry.ts'
import { TemoinError } from '../../../errors.ts'
import type { Exchange } from '../../../exchange/exchange.ts'
import type { Aside, Surroundings } from '../../../filming/part.ts'
import type { Film } from '../../../filming/film.ts'
import type { Replica } from '../../../replica/replica.ts'
import type { Failure, FilmFrame, FilmingState } from '../../contract.ts'
import { Gather } from '../gather.ts'
import { failureOf } from '../failure.ts'
import { holderItem } from '../views/recording-view.ts'
import { FilmIntake } from './film-intake.ts'

const CHANGED_MS = 80
/** Holders come and go without any block of this film. */
const LOOK_MS = 1000
/** A page that was reloaded, or whose socket was cut, may come back for so long. */
const AWAY_MS = 20_000
/** A frame that was sent before the end may be so late. */
const LATE_MS = 5000
/** A copy counts as one that keeps up, when it lacks no more than this. */
const KEEPS_UP_SECONDS = 3

export interface FilmRunEvents {
  durable: [seq: number]
  part: [Replica]
  over: []
}

export interface FilmRunOptions {
  handle: string
  device: Device
  exchange: Exchange
  choices: FilmChoices
  onState: (state: FilmingState) => void
  /** @default AWAY_MS */
  awayMs?: number
}

export class FilmRun extends EventEmitter<FilmRunEvents> {
  readonly handle: string
  readonly film: Film
  readonly intake: FilmIntake
  readonly #options: FilmRunOptions
  readonly #show = new Gather(() => this.#tell(), CHANGED_MS)
  #looking: Timer | null
  #away: Timer | null = null
  #reason: SealReason | null = null
  #failure: Failure | null = null
  #ending: Promise<void> | null = null
  #isSealed = false
  #pages = 0

  constructor(options: FilmRunOptions) {
    super()
    const { handle, device, exchange, choices } = options
    this.#options = options
    this.handle = handle
    this.film = device.film(exchange, choices)
    this.intake = new FilmIntake({
      film: this.film,
      onDurable: (seq) => this.#onDurable(seq),
      onFailure: (err) => void this.#onFailure(err)
    })
    this.film.on('part', this.#onPart)
    this.film.on('trouble', (err) => (this.#failure ??= failureOf(err)))
    device.on('progress', this.#onNews)
    device.on('presence', this.#onNews)
    this.#looking = setInterval(this.#onNews, LOOK_MS)
    this.#awaitPage()
    this.#tell()
  }

  /** Nothing more is taken. */
  get isEnding(): boolean {
    return this.#ending !== null
  }

  get reason(): SealReason | null {
    return this.#reason
  }

  get failure(): Failure | null {
    return this.#failure
  }

  /** A socket feeds it. One that was cut may end after the next has come: they are counted. */
  pageCame(): void {
    this.#pages++
    clearTimeout(this.#away)
    this.#away = null
  }

  pageWent(): void {
    this.#pages--
    if (this.#pages === 0 && !this.isEnding) this.#awaitPage()
  }

  take(frame: FilmFrame, body: Uint8Array): Promise<void> {
    return this.#ending ? Promise.resolve() : this.intake.take(frame, body)
  }

  say(aside: Aside): Promise<void> {
    return this.film.say(aside)
  }

  surround(surroundings: Partial<Surroundings>): void {
    this.film.surroundings = { ...this.film.surroundings, ...surroundings }
  }

  /**
   * Resolves once our own disk has the end; holders may still take the rest.
   * @param seq the last frame of the film: it may be on its way, by another socket
   */
  async stop(reason: SealReason, seq = 0): Promise<void> {
    await this.intake.reached(seq, LATE_MS)
    await (this.#ending ??= this.#end(reason))
  }

  /** No more is told: the device is being closed. */
  close(): void {
    const { device } = this.#options
    clearTimeout(this.#away)
    clearInterval(this.#looking)
    this.#looking = null
    this.#show.stop()
    device.off('progress', this.#onNews)
    device.off('presence', this.#onNews)
  }

  #awaitPage(): void {
    clearTimeout(this.#away)
    this.#away = setTimeout(() => void this.stop('interrupted'), this.#options.awayMs ?? AWAY_MS)
  }

  async #end(reason: SealReason): Promise<void> {
    clearTimeout(this.#away)
    await this.intake.finish()
    this.#reason = reason
    await this.film.stop(reason)
    await this.#options.exchange.durable().catch(() => {}) // a full disk: said as the reason
    this.#isSealed = true
    this.#tell()
    this.emit('over')
  }

  async #onFailure(err: unknown): Promise<void> {
    this.#failure = failureOf(err)
    const reason = TemoinError.is(err, 'STORAGE_FULL') ? 'storage-full' : 'input-damaged'
    await this.stop(reason)
  }

  #onDurable(seq: number): void {
    this.emit('durable', seq)
    this.#show.ask()
  }

  readonly #onPart = (replica: Replica): void => {
    this.emit('part', replica)
    this.#show.ask()
  }

  readonly #onNews = (): void => this.#show.ask()

  #tell(): void {
    const state = this.#state()
    this.#options.onState(state)
    if (state.phase === 'over') this.close()
  }

  #state(): FilmingState {
    const { handle, device, exchange, choices } = this.#options
    const { parts, seconds } = this.film
    const holders = filmHolders(exchange, parts, device.key, ({ timeline }) => timeline.length)
    const first = parts[0]
    return {
      filming: handle,
      circle: z32.encode(exchange.circle.id),
      recording: first ? z32.encode(first.key) : null,
      phase: this.#phase(parts, holders),
      startedAtMs: first?.announced.startedAtMs ?? null,
      seconds,
      ownSeconds: parts.reduce((all, part) => all + part.timeline.secondsAt(part.length), 0),
      safeSeconds: Math.max(0, ...holders.map((holder) => holder.seconds)),
      copies: holders.filter((one) => one.seconds > 0 && one.seconds >= seconds - KEEPS_UP_SECONDS)
        .length,
      holders: holders.map(holderItem),
      parts: parts.map(({ key }) => z32.encode(key)),
      reason: this.#reason,
      failure: this.#failure,
      preEventMs: choices.preEventMs ?? 0
    }
  }

  #phase(
    parts: readonly Replica[],
    holders: Parameters<typeof isSettled>[0]
  ): FilmingState['phase'] {
    if (this.#isSealed) return parts.length === 0 || isSettled(holders) ? 'over' : 'ending'
    if (this.#ending !== null) return 'ending'
    return parts.length === 0 ? 'ready' : 'filming'
  }
}
