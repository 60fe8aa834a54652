// The films that pages make: begun, found again by their handle, kept for a while when they are over.

import b4a from 'b4a'
import z32 from 'z32'
import type { Device } from '../../device.ts'
import type { FilmChoices } from '../../device/films.ts'
import { TemoinError } from '../../errors.ts'
import type { Exchange } from '../../exchange/exchange.ts'
import { randomBytes } from '../../identity/hash.ts'
import type { RecordingKey } from '../../types/keys.ts'
import { FilmRun } from './runs/film-run.ts'
import type { StateStore } from './state-store.ts'

/** Over, and still in the state. */
const MAX_OVER = 4
/** At once: a phone has one camera, a computer perhaps several. */
const MAX_RUNNING = 4

export interface FilmRunsOptions {
  device: Device
  store: StateStore
  /** A film began or ended. */
  onChange: () => void
}

export class FilmRuns {
  readonly #options: FilmRunsOptions
  readonly #runs = new Map<string, FilmRun>()

  constructor(options: FilmRunsOptions) {
    this.#options = options
  }

  start(exchange: Exchange, choices: FilmChoices): FilmRun {
    const { device, store, onChange } = this.#options
    if (this.#running.length >= MAX_RUNNING) {
      throw new TemoinError('BAD_STATE', 'Too many films run at once: stop one first')
    }
    this.#forgetOldest()
    const handle = z32.encode(randomBytes(5))
    const run = new FilmRun({
      ...{ handle, device, exchange, choices },
      onState: (state) => store.put('filming', handle, state)
    })
    this.#runs.set(handle, run)
    run.on('part', onChange)
    run.on('over', onChange)
    return run
  }

  /** @throws TemoinError BAD_INPUT */
  get(handle: string): FilmRun {
    const run = this.#runs.get(handle)
    if (run !== undefined) return run
    throw new TemoinError('BAD_INPUT', 'No such film runs here: start a new one')
  }

  /** The run that films this recording now, or null. */
  filmingOf(recording: RecordingKey): string | null {
    for (const [handle, { film, isEnding }] of this.#runs) {
      if (!isEnding && film.parts.some(({ key }) => b4a.equals(key, recording))) return handle
    }
    return null
  }

  close(): void {
    for (const run of this.#runs.values()) run.close()
  }

  get #running(): FilmRun[] {
    return [...this.#runs.values()].filter(({ isEnding }) => !isEnding)
  }

  #forgetOldest(): void {
    const over = [...this.#runs].filter(([, { isEnding }]) => isEnding)
    for (const [handle, run] of over.slice(0, Math.max(0, over.length - MAX_OVER + 1))) {
      run.close()
      this.#runs.delete(handle)
      this.#options.store.put('filming', handle, null)
    }
  }
}
