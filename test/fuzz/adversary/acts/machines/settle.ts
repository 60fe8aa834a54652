// Everybody comes up, every honest device is joined with another, and with whom let it in (until
// it has heard from there, it takes nobody else for a member); the hostile ones keep hold of whom they
// have. Now all must agree. What they must agree on is said by the rules.

import { hex } from '../../../../../core/encoding/hex.ts'
import type { Actor } from '../../actor.ts'
import type { World } from '../../world.ts'
import type { Act } from '../act.ts'

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

/**
 * What a network does meanwhile: a device looks for everybody that it admits, and finds who admits it. Those
 * joined above may admit one another no more: who has heard that its introducer was cut off, and not that
 * it is back, hears of that from others. Only who has no way to the founder is looked after here.
 */
export async function findOneAnother(world: World): Promise<void> {
  const linked = linkedWith(world.honest[0]!, world.honest)
  const lost = world.honest.filter((actor) => !linked.has(actor))
  for (const actor of lost) {
    const found = [...linked].find((other) => admits(actor, other) && admits(other, actor))
    if (found) await world.join(actor.index, found.index, 0)
  }
}

/** Over however many others. */
function linkedWith(first: Actor, all: readonly Actor[]): Set<Actor> {
  const linked = new Set([first])
  for (const { station } of linked) {
    const peers = new Set(station!.exchange.peers.map(({ id }) => id))
    for (const one of all) if (peers.has(hex(one.keys.device))) linked.add(one)
  }
  return linked
}

function admits({ station }: Actor, { keys }: Actor): boolean {
  return station!.circle.admits(keys.device)
}
