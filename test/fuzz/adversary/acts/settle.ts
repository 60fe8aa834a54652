// Everybody comes up, every honest device is joined with another, and with whom let it in (until
// it has heard from there, it takes nobody else for a member); the hostile ones keep hold of whom they
// have. Now all must agree. What they must agree on is said by the rules.

import type { Act } from './act.ts'

export const settle: Act = async ({ world, random }) => {
  for (const actor of world.actors) await world.up(actor)
  for (const [, , joined] of world.wires) joined.resume()
  const honest = world.honest.map(({ index }) => index)
  for (const [i, index] of honest.entries()) {
    if (i > 0) await world.join(index, honest[random.int(i)]!, 0)
  }
  for (const { index, introducer } of world.actors) {
    if (introducer) await world.join(index, introducer.index, 0)
  }
  return true
}
