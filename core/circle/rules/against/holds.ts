// The price of an accusation: who cuts somebody off alone has no powers until somebody else agrees.
// So one device, with all it could have made up, takes out one other at most. Pure.

import { ORGANISER, grantedBy } from '../world.ts'
import type { Bench } from '../bench.ts'
import { isAlone, validSeconds } from './seconds.ts'
import type { Statement } from '../said/statement.ts'

/** True where its author's powers were on hold: it had accused somebody, and nobody agreed yet. */
export function isHeld(bench: Bench, said: Statement): boolean {
  return [...bench.assumed.atOnce].some(
    (accusation) =>
      accusation.by === said.by &&
      accusation !== said &&
      isAfter(bench, accusation, said) &&
      !isReleased(bench, accusation, said)
  )
}

/**
 * Of two accusations by one device neither of which knows the other, the earlier in order stands. What
 * else it says in a second journal is not held: or it could undo what it said before, by not knowing it.
 */
function isAfter({ matter }: Bench, accusation: Statement, said: Statement): boolean {
  if (said.entry.kind !== 'member-revoked') return matter.knowledge.covers(said, accusation)
  return matter.knowledge.isEarlier(accusation, said)
}

/**
 * Somebody stood by it, or another organiser gave the accuser its role again, and the author knew. Where
 * nobody was there to second it, its author has all powers but that of accusing the next one.
 */
function isReleased(bench: Bench, accusation: Statement, said: Statement): boolean {
  if (said.entry.kind !== 'member-revoked' && isAlone(bench, accusation, said)) return true
  const releases = [...validSeconds(bench, accusation), ...roleGivenBack(bench, accusation)]
  return releases.some((release) => bench.covers(said, release))
}

/** True while nobody agrees: as far as is known here today. */
export function isOpen(bench: Bench, accusation: Statement): boolean {
  if (isAlone(bench, accusation)) return false
  return validSeconds(bench, accusation).length + roleGivenBack(bench, accusation).length === 0
}

function roleGivenBack(bench: Bench, accusation: Statement): Statement[] {
  const { sure } = bench
  const { by, about } = accusation
  return sure.about(by, 'role-changed').filter((given) => {
    if (given.by === by || given.by === about || grantedBy(given) !== ORGANISER) return false
    if (!bench.covers(given, accusation)) return false
    const [accuser, giver] = [by, given.by].map((device) => ({ device, about }))
    return !sure.sponsors.shareController(accuser!, giver!, [])
  })
}

/** True where one device could be behind it and behind an accusation that was there first. */
export function isSpent(bench: Bench, said: Statement): boolean {
  return [...bench.assumed.atOnce].some((first) => shareOneShot(bench, first, said))
}

export function shareOneShot(bench: Bench, first: Statement, said: Statement): boolean {
  const { sure, matter } = bench
  if (first === said || !matter.knowledge.isEarlier(first, said)) return false
  if (first.about === said.about || first.by === said.about) return false
  if (sure.backed.has(first)) return false
  return sure.sponsors.shareController(
    { device: first.by, about: first.about },
    { device: said.by, about: said.about },
    [first.about, said.about, ...harmlessAbove(bench, first, said)]
  )
}

/** Who is accused let in who accused first: whoever made that one up made the other up as well. */
function harmlessAbove({ sure, matter }: Bench, first: Statement, said: Statement): string[] {
  const { about } = said
  if (about === matter.founder) return []
  if (!sure.sponsors.controls(about, { device: first.by, about: null })) return []
  return sure.sponsors.above(about)
}
