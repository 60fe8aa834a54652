// Watches a film being handed on, and tells: JSON lines for programs whenever something changes, one
// line for people. Reads the engine's events; decides nothing about the film.

import type { Device } from '../../core/device.ts'
import type { SealReason } from '../../core/encoding/recording/entry.ts'
import type { Film } from '../../core/filming/film.ts'
import type { Exchange } from '../../core/exchange/exchange.ts'
import type { Replica } from '../../core/replica/replica.ts'
import { Coalesced } from '../output/coalesce.ts'
import { filmHolders } from '../../core/device/facts/film-holders.ts'
import type { FilmHolder } from '../../core/device/facts/film-holders.ts'
import { holdersOf } from '../../core/device/facts/holders.ts'
import { holderFields } from '../facts/holders.ts'
import type { Output } from '../output/output.ts'
import { keyText, rounded } from '../output/units.ts'
import { progressText } from './safety.ts'

/** Most often a recording's `held` line is told. */
const EVERY_MS = 100
/** Members come and go, and "nobody has this" is said again. */
const REFRESH_MS = 1000

export interface FilmReportOptions {
  device: Device
  exchange: Exchange
  film: Film
  out: Output
}

export class FilmReport {
  readonly #options: FilmReportOptions
  readonly #tellers = new Map<Replica, Coalesced>()
  readonly #told = new Map<Replica, string>()
  readonly #progress: Coalesced
  #timer: Timer | null = null

  constructor(options: FilmReportOptions) {
    this.#options = options
    this.#progress = new Coalesced(() => this.#showProgress(), EVERY_MS)
  }

  start(): void {
    const { device, film } = this.#options
    film.on('part', this.#onPart)
    device.on('progress', this.#onProgress)
    device.on('presence', this.#onPresence)
    this.#timer = setInterval(this.#onPresence, REFRESH_MS)
  }

  /** Tells what is left to tell, and stops. */
  stop(): void {
    const { device, film } = this.#options
    if (this.#timer === null) return
    clearInterval(this.#timer)
    this.#timer = null
    film.off('part', this.#onPart)
    device.off('progress', this.#onProgress)
    device.off('presence', this.#onPresence)
    for (const teller of this.#tellers.values()) teller.flush()
    this.#progress.flush()
  }

  /** Media time filmed. */
  get seconds(): number {
    return this.#options.film.seconds
  }

  /** Media time that this device's own disk took. */
  get ownSeconds(): number {
    const { parts } = this.#options.film
    return parts.reduce((sum, { timeline, length }) => sum + timeline.secondsAt(length), 0)
  }

  /** Everyone who has some of the film, or is online, over all its parts. */
  holders(): FilmHolder[] {
    const { device, exchange, film } = this.#options
    return filmHolders(exchange, film.parts, device.key, ({ timeline }) => timeline.length)
  }

  /**
   * True where every holder who is here has put its receipts for the whole film in its journal, and the
   * journal has come: then this device knows after its next start who has the film.
   *
   * @param options.byAway asks it of those who are not here, too
   */
  isWritten({ byAway = false }: { byAway?: boolean } = {}): boolean {
    const { device, exchange, film } = this.#options
    return film.parts.every((replica) =>
      holdersOf(exchange, replica, device.key)
        .filter(({ online }) => online || byAway)
        .filter(({ length }) => length >= replica.timeline.length)
        .every((holder) => replica.receipts.journaledOf(holder.device) >= replica.timeline.length)
    )
  }

  sealed(reason: SealReason): void {
    const replica = this.#options.film.parts.at(-1)!
    this.#options.out.event('sealed', { ...this.#fields(replica), reason })
  }

  readonly #onPart = (replica: Replica): void => {
    const { film, exchange, out } = this.#options
    const { recording, author, startedAtMs, previous } = replica.announced
    const circle = keyText(exchange.circle.id)
    const startedAt = new Date(startedAtMs).toISOString()
    const names = { recording: keyText(recording), previous: previous && keyText(previous) }
    if (film.parts.length > 1) out.event('rotated', names)
    else out.event('started', { ...names, author: keyText(author), circle, startedAt })
    if (film.parts.length === 1) out.note(`Filming ${names.recording}`)
    this.#tellers.set(replica, new Coalesced(() => this.#tell(replica), EVERY_MS))
  }

  readonly #onProgress = (replica: Replica): void => {
    this.#tellers.get(replica)?.call()
    this.#progress.call()
  }

  readonly #onPresence = (): void => {
    for (const teller of this.#tellers.values()) teller.call()
    this.#progress.call()
  }

  #tell(replica: Replica): void {
    const fields = this.#fields(replica)
    const text = JSON.stringify(fields)
    if (this.#told.get(replica) === text) return
    this.#told.set(replica, text)
    this.#options.out.event('held', fields)
  }

  #fields(replica: Replica) {
    const { device, exchange } = this.#options
    return {
      recording: keyText(replica.key),
      length: replica.timeline.length,
      seconds: rounded(replica.timeline.secondsAt(Infinity)),
      holders: holdersOf(exchange, replica, device.key).map(holderFields)
    }
  }

  #showProgress(): void {
    if (this.#options.film.parts.length === 0) return
    this.#options.out.progress(progressText(this.seconds, this.holders()))
  }
}
