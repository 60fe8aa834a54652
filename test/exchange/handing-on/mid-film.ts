// A film in the middle, with holders that feed one another.

import type { Assert } from 'brittle'
import type { Replica } from '../../../core/replica/replica.ts'
import type { Role } from '../../../core/types/keys.ts'
import { eventually } from '../../helpers/eventually.ts'
import { shoot, shootOn } from '../../helpers/films/camera.ts'
import type { Station } from '../../helpers/devices/station.ts'
import { Fleet } from './fleet.ts'

export const BYTES = 40_000

/** Four holders, all joined, of a film that goes on; all have what there is of it. */
export async function midFilm(t: Assert, bytes?: number) {
  const fleet = await Fleet.mesh(t, ...contacts(4))
  const { author } = fleet
  const film = author.film(t)
  await shoot(film, 8, bytes)
  await fleet.haveAll(film)
  const part = film.parts[0]!
  await eventually(() => fleet.fedBy(author, part).length >= 2)
  return { fleet, author, film, part }
}

/** A first hop that passes it on. */
export async function feeding(fleet: Fleet, part: Replica): Promise<Station> {
  const isHop = (one: Station): boolean => fleet.fedBy(one, part).length > 0
  return (await eventually(() => fleet.fedBy(fleet.author, part).find(isHop)))!
}

export function contacts(count: number): Role[] {
  return Array<Role>(count).fill('contact')
}

/**
 * At the pace of a camera that is in a hurry, so that what is pushed is answered in between.
 * @param isOver where the film must not end before something else has
 * @returns how many fragments there are then
 */
export async function filmOn(
  film: Parameters<typeof shootOn>[0],
  from: number,
  to: number,
  isOver = (): boolean => true
): Promise<number> {
  let i = from
  for (; i < to || !isOver(); i++) {
    await shootOn(film, i, i + 1, BYTES)
    await new Promise<void>((resolve) => setTimeout(resolve, 60))
  }
  return i
}
