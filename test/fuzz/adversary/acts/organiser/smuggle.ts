// An organiser who turned lets in whom it should not: strangers, at the moment at which it is cut off
// itself; devices that were cut off, with their own key or with another.

import { DeviceKeys } from '../../../../../core/identity/device-keys.ts'
import type { Act } from '../act.ts'
import { addition, judge, judges } from './words.ts'

/** Each stands in every roster from then on. */
const MAX_STRANGERS = 6

export const smuggle: Act = async ({ world, a, random }) => {
  if (a.station === null || world.strangers.length >= MAX_STRANGERS) return false
  const stranger = new DeviceKeys(random.bytes(32))
  world.strangers.push(stranger)
  const entry = addition(a, stranger.signedBox, random)
  const others = random.int(4) === 0 ? judges(world) : []
  const judged = others.length > 0 ? judge(random.pick(others), a) : null
  await Promise.all([a.station.circle.say(entry), judged])
  return true
}

export const readmit: Act = async ({ world, a, random }) => {
  const out = world.actors.filter(({ revoked }) => revoked)
  if (a.station === null || out.length === 0) return false
  const { signedBox } = random.pick(out).keys
  const other = new DeviceKeys(random.bytes(32)).signedBox
  const box = random.int(2) === 0 ? signedBox : { ...other, device: signedBox.device }
  await a.station.circle.say(addition(a, box, random))
  return true
}
