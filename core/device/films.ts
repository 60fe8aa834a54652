// The films that run on this device: begun where its role permits, each naming the one that was cut off
// before it, ended together.

import b4a from 'b4a'
import { canFilm } from '../circle/roster.ts'
import { TemoinError } from '../errors.ts'
import type { Exchange } from '../exchange/exchange.ts'
import { Film } from '../filming/film.ts'
import type { DeviceKeys } from '../identity/device-keys.ts'
import type { Replica } from '../replica/replica.ts'
import type { Clock } from '../runtime/clock.ts'
import type { DeviceKey, RecordingKey } from '../types/keys.ts'
import { VERSION } from '../version.ts'
import { reopening } from './running-circles.ts'

export interface FilmChoices {
  keepReadable?: boolean
  rotateAfterMs?: number
  firstHops?: number
  preEventMs?: number
  /** The recording it goes on from. @default the newest that was cut off */
  previous?: RecordingKey
}

export class Films {
  readonly #running = new Set<Film>()
  readonly #clock: Clock
  readonly #onEnd: () => void

  /** @param onEnd called when a film is over */
  constructor(clock: Clock, onEnd: () => void) {
    this.#clock = clock
    this.#onEnd = onEnd
  }

  get areRunning(): boolean {
    return this.#running.size > 0
  }

  /** A film, ready to begin. @throws TemoinError NOT_ALLOWED, BAD_STATE */
  begin(exchange: Exchange, keys: DeviceKeys, choices: FilmChoices): Film {
    if (exchange.closing) throw reopening()
    const { roster } = exchange.circle
    const self = roster.find(keys.device) // null where the journals that say so have not come yet
    if (self !== null && self.state !== 'active') throw cutOff(self.state)
    if (self !== null && !canFilm(self.role)) throw mayNotFilm()
    const film = new Film({
      exchange,
      keys,
      clock: this.#clock,
      build: VERSION,
      previous: this.#cutOffIn(exchange, keys.device),
      ...choices
    })
    this.#running.add(film)
    film.once('close', () => {
      this.#running.delete(film)
      this.#onEnd()
    })
    return film
  }

  /** What another film here is still being filmed into was not cut off. */
  #cutOffIn(exchange: Exchange, author: DeviceKey): RecordingKey | null {
    const key = interruptedIn(exchange, author)?.key ?? null
    const running = [...this.#running].flatMap(({ parts }) => parts)
    return running.some((part) => key !== null && b4a.equals(part.key, key)) ? null : key
  }

  async close(): Promise<void> {
    for (const film of this.#running) await film.close()
  }
}

/** The author's newest recording here that never got its seal, or null. */
export function interruptedIn(exchange: Exchange, author: DeviceKey): Replica | null {
  const own = exchange.replicas
    .filter(({ announced }) => b4a.equals(announced.author, author))
    .sort((a, b) => b.announced.startedAtMs - a.announced.startedAtMs)[0]
  return own && own.end === null ? own : null
}

/** No invite lets it in again. */
function cutOff(state: 'cut-off' | 'unconfirmed'): TemoinError {
  const what =
    state === 'cut-off'
      ? 'This device was cut off from this circle'
      : 'Who let this device in was cut off, and nobody has confirmed it since'
  const remedy = 'ask an organiser to run "temoin reinstate" for it, or film in another circle'
  return new TemoinError('NOT_ALLOWED', `${what}: ${remedy}`)
}

function mayNotFilm(): TemoinError {
  return new TemoinError('NOT_ALLOWED', 'This device may not film here: its role only keeps copies')
}
