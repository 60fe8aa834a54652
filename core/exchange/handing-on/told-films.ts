// Films that are told of over a link: by their authors as they begin, and, as long as no journal tells of
// them, by those who heard of them. An author may be smashed before its journal has reached anybody;
// whoever was fed would hold its film, and nobody else would ever know of it.
// Must never: open what its author did not attest, or take from others what a revoked device says.

import b4a from 'b4a'
import type { Circle } from '../../circle/circle.ts'
import type { ToldFilm } from '../../encoding/recording/told-film.ts'
import { MAX_TOLD_FILMS } from '../../limits.ts'
import { announcedBy } from '../../replica/announced.ts'
import type { Announced } from '../../replica/announced.ts'
import type { Replica } from '../../replica/replica.ts'
import type { DeviceKey } from '../../types/keys.ts'
import type { Peer } from '../members/peer.ts'
import type { Openings } from '../recordings/openings.ts'
import type { Replicas } from '../recordings/replicas.ts'

export interface ToldFilmsOptions {
  circle: Circle
  self: DeviceKey
  replicas: Replicas
  openings: Openings
  /** Members linked and heard from. */
  peers: () => Peer[]
  /** Open, and pushed by whomever its author names. */
  onTold: (replica: Replica) => void
  onError: (err: unknown) => void
}

export class ToldFilms {
  readonly #options: ToldFilmsOptions
  /** Of authors who are not known to belong: the journals that say so may come later. */
  #early: { by: Peer; film: ToldFilm }[] = []

  constructor(options: ToldFilmsOptions) {
    this.#options = options
  }

  /** What was told of before a restart, and is in no journal yet. */
  recall(): void {
    const { circle, openings } = this.#options
    for (const { device, body } of circle.state.films) {
      const announced = announcedBy(circle.id, device, body)
      openings.later(announced && { announced, isAttested: () => true })
    }
  }

  /** Its blocks come right behind: what tells us of it is on the disk before any of them is. */
  async told(film: ToldFilm): Promise<void> {
    const { replicas, onTold, onError } = this.#options
    const heard = this.#hear(film)
    if (heard === null) return
    try {
      const { announced, after } = heard
      onTold(await replicas.add(announced, { pushed: true, after }))
    } catch (err) {
      onError(err)
    }
  }

  /** Another member heard of it, and says it on. */
  async repeated(by: Peer, film: ToldFilm): Promise<void> {
    const { circle, openings, self, peers } = this.#options
    const { device } = film
    if (b4a.equals(device, self)) return
    if (circle.roster.active(device) === null) return this.#wait(by, film)
    const heard = this.#hear(film)
    if (heard === null) return
    await heard.after
    openings.later({ announced: heard.announced, isAttested: () => true })
    for (const peer of peers()) if (peer !== by) repeat(peer, film)
  }

  /** Who belongs has changed. */
  onRoster(): void {
    const early = this.#early
    this.#early = []
    for (const { by, film } of early) void this.repeated(by, film)
  }

  /** A member is here: it may not have heard of them. */
  greet(peer: Peer): void {
    for (const film of this.#unwritten()) repeat(peer, film)
  }

  /** A member is gone: what it told, only those may know to whom it told it. */
  part({ device }: Peer): void {
    for (const film of this.#unwritten()) {
      if (!b4a.equals(film.device, device)) continue
      for (const peer of this.#options.peers()) repeat(peer, film)
    }
  }

  /** Attested, new, and remembered from now on: on the disk once `after` resolves. Else null. */
  #hear(film: ToldFilm): { announced: Announced; after: Promise<void> } | null {
    const { circle, openings } = this.#options
    const announced = announcedBy(circle.id, film.device, film.body)
    if (announced === null || openings.isKnown(announced)) return null
    const after = circle.filmsAhead.remember(film)
    return after && { announced, after }
  }

  #wait(by: Peer, film: ToldFilm): void {
    this.#early = [...this.#early, { by, film }].slice(-MAX_TOLD_FILMS)
  }

  #unwritten(): ToldFilm[] {
    const { roster, state } = this.#options.circle
    return state.films.filter(({ device }) => roster.active(device) !== null)
  }
}

function repeat({ device, channel }: Peer, film: ToldFilm): void {
  if (!b4a.equals(film.device, device)) channel?.repeatFilm(film)
}
