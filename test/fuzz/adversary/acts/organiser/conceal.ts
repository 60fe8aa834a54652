// An organiser who turned does not tell everybody the same: what it says it shows to one member alone, or
// it shows something else to that one.

import { DeviceKeys } from '../../../../../core/identity/device-keys.ts'
import type { JournalEntry } from '../../../../../core/encoding/journal/journal-entry.ts'
import type { Actor } from '../../actor.ts'
import type { Act, Stage } from '../act.ts'
import { withTwin } from '../hostile/two-faces.ts'
import { addition, mayAccuse, noteAccusation, revocation } from './words.ts'

/** Linked with nobody else when it speaks. */
export const withhold: Act = async (stage) => {
  const { world, a, b } = stage
  if (a.station === null || b.station === null) return false
  world.unplug(a.index)
  await a.station.circle.say(weighty(stage))
  await world.join(a.index, b.index, 0)
  return true
}

/** Its journal has two versions, and what either says would count. */
export const equivocate: Act = async (stage) => {
  const { a, b } = stage
  if (a.station === null || b.station === null || b.hostile) return false
  if (a.station.state.journal === null) await a.station.circle.say(weighty(stage))
  const isSaid = await withTwin(stage, async ({ circle }) => circle.say(weighty(stage)))
  if (isSaid) await a.station.circle.say(weighty(stage))
  return isSaid
}

function weighty({ world, a, random }: Stage): JournalEntry {
  const others = world.actors.filter((one: Actor) => mayAccuse(a, one))
  if (others.length > 0 && random.int(2) === 0) {
    const other = random.pick(others)
    noteAccusation(a, other)
    return revocation(a, other.keys.device, random)
  }
  const stranger = new DeviceKeys(random.bytes(32))
  world.strangers.push(stranger)
  return addition(a, stranger.signedBox, random)
}
