// Films that one station makes and others hold: as far as they have come, or whole.

import type { Assert } from 'brittle'
import type { Film } from '../../core/filming/film.ts'
import type { Replica } from '../../core/replica/replica.ts'
import { shoot } from '../helpers/films/camera.ts'
import type { Station } from '../helpers/devices/station.ts'
import { made, reaches, replicaAt } from './held.ts'

export interface LiveFilm {
  film: Film
  /** Its author's, and the holder's. */
  part: Replica
  held: Replica
}

/** A film that goes on, and that the holder has every block of so far. */
export async function liveAt(
  t: Assert,
  author: Station,
  holder: Station,
  fragments = 4
): Promise<LiveFilm> {
  const film = author.film(t)
  await shoot(film, fragments)
  const part = film.parts[0]!
  const held = await replicaAt(holder, part.key)
  await reaches(held, made(part))
  return { film, part, held }
}

/** A film that is over, and that these have every block of. @returns its author's */
export async function wholeAt(t: Assert, author: Station, ...holders: Station[]): Promise<Replica> {
  const film = author.film(t)
  await shoot(film, 8)
  await film.stop('stopped')
  const part = film.parts[0]!
  for (const holder of holders) await reaches(await replicaAt(holder, part.key), part.end!)
  return part
}
