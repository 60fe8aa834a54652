// Who belongs: organisers let people in, and say that somebody must go.

import type { Act } from '../act.ts'
import { revoke as sayRevoked } from '../../../../helpers/devices/station.ts'
import { MAX_DEVICES, newcomer } from '../../plan.ts'

/** Always done: the plan counts on the newcomer. */
export const enrol: Act = async ({ world, a, n }) => {
  if (world.actors.length >= MAX_DEVICES) return false
  await world.up(a)
  const sketches = world.actors.map(({ sketch }) => sketch)
  await world.enrol(a, newcomer(n, sketches, world.mayOrganisersTurn))
  return true
}

/** Never the founder: somebody must remain whose word can be asked. */
export const revoke: Act = async ({ a, b }) => {
  if (a.station === null || a.revoked || b.index === 0) return false
  b.revoked = true
  a.accuser = true
  await sayRevoked(a.station, b)
  return true
}
