// Filming, as honest members do it.

import { DESCRIPTION, INIT, shootOn } from '../../../../helpers/films/camera.ts'
import type { Actor } from '../../actor.ts'
import type { World } from '../../world.ts'
import type { Act } from '../act.ts'

/** Films of one world: every device ends up with all of them. */
const MAX_FILMS = 60

/** One film ends where the next begins. */
export const film: Act = async ({ world, a, random }) => {
  await end(a)
  return (await begin(world, a)) && shootSome(a, 1 + random.int(4), 200 + random.int(4000))
}

export const shoot: Act = async ({ world, a, random }) => {
  if (a.film === null && !(await begin(world, a))) return false
  return shootSome(a, 1 + random.int(6), random.int(8) === 0 ? 100_000 : 500 + random.int(3000))
}

async function begin(world: World, actor: Actor): Promise<boolean> {
  if (actor.station === null || world.truth.all.length >= MAX_FILMS) return false
  actor.film = actor.station.film(world.t)
  actor.shot = 0
  await actor.film.begin(DESCRIPTION, INIT)
  return true
}

export const stop: Act = ({ a }) => end(a)

async function end(actor: Actor): Promise<boolean> {
  const running = actor.film
  actor.film = null
  await running?.stop('stopped')
  return running !== null
}

async function shootSome(actor: Actor, fragments: number, bytes: number): Promise<boolean> {
  if (actor.film === null) return false
  const from = actor.shot
  actor.shot += fragments
  await shootOn(actor.film, from, actor.shot, bytes)
  return true
}
