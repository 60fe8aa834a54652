// A journal that these were shown in one version and those in another is told of to all but relays, who read
// no such words, with a proof against its author that anybody can check; and nobody honest is ever accused
// with one.

import b4a from 'b4a'
import type { JournalLine } from '../../../../core/circle/roster.ts'
import { isProven } from '../../../../core/exchange/alarms/alarm-proof.ts'
import type { Actor } from '../actor.ts'
import { agreeing } from './alike.ts'
import type { Rule } from './rule.ts'

export const told: Rule = async (world) => {
  const actors = agreeing(world)
  const broken: string[] = []
  for (const { by, id } of world.twoFaced) {
    if (!(await areTwo(actors, id))) continue
    const unaware = actors.filter(({ station }) => {
      const { epochs, lines } = station!.circle
      return epochs.isWhole && !lines.some((one) => tells(one, by))
    })
    const names = unaware.map(({ index }) => index)
    if (names.length > 0)
      broken.push(`devices ${names} have no proof of device ${by.index}'s two faces`)
  }
  return broken
}

/** Those who have any of it have not the same: where one has more, of as much as both have. */
async function areTwo(actors: Actor[], id: string): Promise<boolean> {
  const readers = actors.flatMap(({ station }) => station!.circle.readers.get(id) ?? [])
  const cores = readers
    .map(({ core }) => core)
    .filter(({ contiguousLength }) => contiguousLength > 0)
  if (cores.length < 2) return false
  const length = Math.min(...cores.map(({ contiguousLength }) => contiguousLength))
  const hashes = await Promise.all(cores.map((core) => core.treeHash(length)))
  return hashes.some((one) => !b4a.equals(one, hashes[0]!))
}

function tells({ entry }: JournalLine, { keys }: Actor): boolean {
  if (entry.kind !== 'alarm' || entry.body.alarm !== 'rival-history') return false
  const { device, recording } = entry.body
  if (recording !== null || !b4a.equals(device, keys.device)) return false
  return isProven(entry.body, { signer: null, author: keys.device, end: null })
}

export const nobodyHonestConvicted: Rule = (world) => {
  const honest = world.actors.filter(({ hostile }) => !hostile)
  return world.honest.flatMap(({ index, station }) =>
    honest
      .filter((one) => station!.circle.lines.some((line) => tells(line, one)))
      .map((one) => `device ${index} has a proof that device ${one.index} has two faces`)
  )
}
