// An organiser who turned cuts off whom it likes: now, or as if before it had read anything, or at the
// moment at which an honest organiser cuts it off.

import type { Act } from '../act.ts'
import { judge, judges, mayAccuse, noteAccusation, revocation } from './words.ts'

/** More than one, one right after the other. */
export const accuse: Act = async ({ world, a, b, random }) => {
  const about = new Set([b, random.pick(world.actors)].filter((one) => mayAccuse(a, one)))
  for (const one of about) {
    noteAccusation(a, one)
    await a.station!.circle.say(revocation(a, one.keys.device, random))
  }
  return about.size > 0
}

/** Each cuts off the other, and neither has read that of the other. */
export const duel: Act = async ({ world, a, random }) => {
  const others = judges(world).filter((one) => mayAccuse(a, one))
  if (others.length === 0) return false
  const other = random.pick(others)
  const ours = revocation(a, other.keys.device, random)
  const theirs = judge(other, a)
  noteAccusation(a, other)
  await Promise.all([a.station!.circle.say(ours), theirs])
  return true
}
