// An organiser who turned says one thing after the other of everybody, so that nobody finds the one that
// counts: roles, own devices, whom it takes back in, itself first of all.

import type { JournalEntry } from '../../../../../core/encoding/journal/journal-entry.ts'
import type { Actor } from '../../actor.ts'
import type { Act, Stage } from '../act.ts'
import { claimed } from './words.ts'

const LINES = 20

export const churn: Act = async (stage) => {
  const { world, a, random } = stage
  if (a.station === null) return false
  const { circle } = a.station
  const own = { device: a.keys.device, reason: 'found', ...claimed(a, random) }
  const others = Array.from({ length: LINES }, () => lineOn(stage, random.pick(world.actors)))
  const lines: JournalEntry[] = [{ kind: 'reinstated', body: own }, ...others]
  await Promise.all(lines.map((line) => circle.say(line)))
  return true
}

function lineOn({ a, random }: Stage, about: Actor): JournalEntry {
  const body = { device: about.keys.device, ...claimed(a, random) }
  switch (random.int(4)) {
    case 0:
      return { kind: 'own-device', body }
    case 1:
      // nobody hostile rises by it: of organisers who turned there is one
      return {
        kind: 'role-changed',
        body: { ...body, role: about.index === 0 ? 'relay' : 'keeper' }
      }
    case 2:
      return { kind: 'role-changed', body: { ...body, role: about.sketch.role } }
    default:
      if (about !== a) about.pardoned = true
      return { kind: 'reinstated', body: { ...body, reason: 'found' } }
  }
}
