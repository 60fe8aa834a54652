// What members say of one another: that somebody is right, that somebody may come back, that two phones
// are one person's. Each through what a person would use, which refuses what the rules would call void.

import b4a from 'b4a'
import { TemoinError } from '../../../../../core/errors.ts'
import type { HistoryEntry } from '../../../../../core/circle/roster.ts'
import { Trust } from '../../../../../core/exchange/members/trust.ts'
import type { DeviceKey } from '../../../../../core/types/keys.ts'
import { revoke as sayRevoked } from '../../../../helpers/devices/station.ts'
import type { Actor } from '../../actor.ts'
import type { World } from '../../world.ts'
import type { Act } from '../act.ts'

/**
 * Stands by an accusation that waits. Nobody stands by the word of a device that writes two journals,
 * nor does that device by anybody's: who was shown which of the two would judge differently, and
 * nothing mends that but a person (docs/SECURITY.md).
 */
export const second: Act = async ({ world, a, random }) => {
  if (a.station === null || a.twoFaced) return false
  const { roster } = a.station.circle
  const waiting = world.actors.filter((about) => isWaiting(world, roster.history, a, about))
  if (waiting.length === 0) return false
  const about = random.pick(waiting)
  if (!(await say(a, (trust) => trust.second(a.station!.exchange, about.keys.device)))) return false
  about.revoked = true
  for (const one of [a, ...accusersOf(world, roster.history, about)]) one.counted = true
  return true
}

function isWaiting(
  world: World,
  history: readonly HistoryEntry[],
  a: Actor,
  about: Actor
): boolean {
  if (about === a || about.index === 0) return false // the founder's word must be there to be asked
  const accusers = accusersOf(world, history, about).filter((one) => one !== a)
  return accusers.length > 0 && !accusers.some(({ twoFaced }) => twoFaced)
}

function accusersOf(world: World, history: readonly HistoryEntry[], about: Actor): Actor[] {
  return history
    .filter(({ why, about: device }) => why === 'needs-second' && isOf(about, device))
    .flatMap(({ by }) => world.actors.find((one) => isOf(one, by)) ?? [])
}

/** An organiser takes back in whom others cut off. */
export const reinstate: Act = async ({ world, a, random }) => {
  if (a.station === null) return false
  const { exchange, circle } = a.station
  const out = world.actors.filter(
    ({ keys }) => (circle.roster.find(keys.device)?.state ?? 'active') !== 'active'
  )
  if (out.length === 0) return false
  const about = random.pick(out)
  if (!(await say(a, (trust) => trust.reinstate(exchange, about.keys.device, 'found'))))
    return false
  about.pardoned = true
  return true
}

/**
 * Says that two phones are its own; once both have said it, that the other is lost. A hostile one says
 * it of anybody.
 */
export const own: Act = async ({ a, b }) => {
  if (a.station === null || (!a.hostile && b.hostile)) return false
  const { exchange } = a.station
  if (a.owns.has(b) && b.owns.has(a) && !a.hostile) return lose(a, b)
  if (!(await say(a, (trust) => trust.own(exchange, b.keys.device)))) return false
  a.owns.add(b)
  return true
}

async function lose(a: Actor, b: Actor): Promise<boolean> {
  if (a.revoked || b.index === 0) return false
  b.revoked = true
  a.accuser = true
  await sayRevoked(a.station!, b)
  return true
}

/** False where the engine refuses to say it: it would count for nothing. */
async function say(a: Actor, what: (trust: Trust) => Promise<unknown>): Promise<boolean> {
  try {
    await what(new Trust({ self: a.keys.device, now: () => a.clock.now() }))
    return true
  } catch (err) {
    if (TemoinError.is(err, 'NOT_ALLOWED') || TemoinError.is(err, 'BAD_INPUT')) return false
    throw err
  }
}

function isOf({ keys }: Actor, device: DeviceKey): boolean {
  return b4a.equals(keys.device, device)
}
