// Films that a link told of before the journal of their author did: kept in the device's state until it
// does, so that what was acknowledged of them is found after a kill. Checked by who brings them.

import b4a from 'b4a'
import type { CircleState } from '../../encoding/memory/device-state.ts'
import type { ToldFilm } from '../../encoding/recording/told-film.ts'
import { MAX_TOLD_FILMS } from '../../limits.ts'
import type { EvidenceStore } from '../../store/evidence-store.ts'
import type { JournalLine } from '../roster.ts'

/** A film is in its author's journal before it is told of: few are ever ahead of it. */
const MAX_PER_DEVICE = 8

export interface FilmsAheadOptions {
  /** Changed in place. */
  state: Pick<CircleState, 'films'>
  /** Persists the state, where the disk has room. */
  save: () => Promise<void>
  store: Pick<EvidenceStore, 'durable'>
}

export class FilmsAhead {
  readonly #options: FilmsAheadOptions

  constructor(options: FilmsAheadOptions) {
    this.#options = options
  }

  /**
   * A film that is told of over a link, checked. On the disk when the promise resolves; null where
   * its author has told of too many that its journal says nothing of.
   */
  remember(film: ToldFilm): Promise<void> | null {
    const { state, save } = this.#options
    const same = state.films.filter(({ device }) => b4a.equals(device, film.device))
    if (same.length >= MAX_PER_DEVICE || state.films.length >= MAX_TOLD_FILMS) return null
    state.films.push(film)
    return save()
  }

  /** A line of a journal: where that tells of one of them, it is forgotten. */
  take(line: JournalLine): void {
    const isOther = (film: ToldFilm): boolean => !announces(line, film)
    if (this.#options.state.films.every(isOther)) return
    this.#forgetBut(isOther).catch(() => {}) // a disk that refuses: it stays remembered
  }

  /** Once the journal is on the disk itself, which a power cut would else take with it. */
  async #forgetBut(isOther: (film: ToldFilm) => boolean): Promise<void> {
    const { state, store } = this.#options
    await store.durable()
    state.films = state.films.filter(isOther)
  }
}

function announces({ entry, device }: JournalLine, film: ToldFilm): boolean {
  if (entry.kind !== 'recording-announced' || !b4a.equals(film.device, device)) return false
  return b4a.equals(film.body.recording, entry.body.recording)
}
