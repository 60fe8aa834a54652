// Once joined, all honest devices agree on who belongs, and all have everything that any of them has of
// what honest members filmed.

import b4a from 'b4a'
import { pushTo } from '../../../../core/circle/lists.ts'
import { changesRoster } from '../../../../core/circle/roster.ts'
import type { JournalLine } from '../../../../core/circle/roster.ts'
import { encodeOutline } from '../../../../core/encoding/journal/journal-entry-outline.ts'
import type { Outline } from '../../../../core/encoding/journal/journal-entry-outline.ts'
import { hex } from '../../../../core/encoding/hex.ts'
import type { Actor } from '../actor.ts'
import { treeHashOf } from '../truth.ts'
import type { World } from '../world.ts'
import { whileAwake } from './awake.ts'
import type { Rule } from './rule.ts'

/** The honest of whom nobody can doubt that they belong, and of the others those whom all of them take in. */
export function agreeing({ honest }: World): Actor[] {
  const sure = honest.filter(({ doubtful }) => !doubtful)
  const called = ({ keys }: Actor): boolean =>
    sure.every(({ station }) => station!.circle.roster.active(keys.device) !== null)
  // nobody on the way in has been told to go for good: it learns from them who the others are
  const introduced = (actor: Actor): boolean =>
    (!actor.revoked || (actor.pardoned && called(actor))) &&
    (actor.introducer === null || introduced(actor.introducer))
  return honest.filter((actor) => !actor.doubtful || (called(actor) && introduced(actor)))
}

/**
 * Those who were shown the same of a journal in two versions; as a rule there is none, and they are all. Who
 * was shown another has another list until a person judges (docs/SECURITY.md).
 */
export const sameRoster: Rule = (world) => {
  const isTwo = inTwoVersions(world)
  const groups = new Map<string, Actor[]>()
  for (const actor of agreeing(world)) pushTo(groups, versionsAt(actor, isTwo), actor)
  return [...groups.values()].flatMap(([first, ...others]) => {
    const said = rosterOf(first!)
    return others
      .filter((other) => rosterOf(other) !== said)
      .map(
        (other) =>
          `device ${other.index} has another roster than device ${first!.index}:\n${rosterOf(other)}\n${said}`
      )
  })
}

/** True for lines of journals that were written in two versions. */
export function inTwoVersions({ twoFaced }: World): (line: JournalLine) => boolean {
  const ids = new Set(twoFaced.map(({ id }) => id))
  return ({ journal }) => ids.has(hex(journal))
}

/** What it has read of them. */
function versionsAt({ station }: Actor, isTwo: (line: JournalLine) => boolean): string {
  const lines = station!.circle.rulings.filter((line) => changesRoster(line) && isTwo(line))
  return lines
    .map(({ journal, index, entry }) => [hex(journal), index, hex(encodeOutline(entry as Outline))])
    .sort()
    .join('\n')
}

/** Everyone whom the founder let in, and nobody told to go, is in it. */
export const nobodyMissing: Rule = (world) =>
  agreeing(world).flatMap(({ index, station }) =>
    world.actors
      .filter((one) => !one.doubtful && station!.circle.roster.active(one.keys.device) === null)
      .map((one) => `device ${index} does not take device ${one.index} for a member`)
  )

export const allHaveAll: Rule = (world) => {
  const actors = agreeing(world)
  const authors = new Set(actors.map(({ keys }) => hex(keys.device)))
  const filmed = world.truth.all.filter(({ author }) => authors.has(hex(author)))
  return filmed.flatMap(({ key }) => {
    const lengths = actors.map(({ station }) => station!.exchange.replica(key)?.length ?? -1)
    const longest = Math.max(0, ...lengths)
    return actors.flatMap(({ index }, i) =>
      lengths[i]! >= longest
        ? []
        : [`device ${index} has ${lengths[i]} of ${longest} blocks of ${hex(key).slice(0, 8)}`]
    )
  })
}

/** Whatever is held of an honest film is what was filmed. */
export const onlyTruth: Rule = async (world) => {
  const broken: string[] = []
  for (const { index, station } of world.honest) {
    for (const replica of station!.exchange.replicas) {
      const filmed = world.truth.of(replica.key)
      if (filmed === null || replica.length === 0) continue
      const { length } = replica
      const tree = await whileAwake(replica, (core) => core.treeHash(length))
      if (b4a.equals(tree, treeHashOf(filmed, length))) continue
      broken.push(`device ${index} holds what nobody filmed in ${hex(replica.key).slice(0, 8)}`)
    }
  }
  return broken
}

function rosterOf({ station }: Actor): string {
  const { members } = station!.circle.roster
  return members
    .map(
      ({ device, role, state, onHold }) => `${hex(device).slice(0, 8)} ${role} ${state} ${onHold}`
    )
    .sort()
    .join('\n')
}
