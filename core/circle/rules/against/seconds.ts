// Who may stand by what somebody said, and whether anybody has to. Pure.

import { JUROR } from '../world.ts'
import type { Bench } from '../bench.ts'
import { isSelf } from '../bench.ts'
import { placeOf } from '../said/statement.ts'
import type { Statement } from '../said/statement.ts'

/** Seconds of it that count. */
export function validSeconds(bench: Bench, said: Statement): Statement[] {
  const { matter, sure } = bench
  const seconds = matter.seconds.get(placeOf(said)) ?? []
  return seconds.filter((second) => sure.has(second) && isIndependent(bench, said, second))
}

/** True where an independent member stands by it; nobody has to by what it says of itself. */
export function isBacked(bench: Bench, said: Statement): boolean {
  if (said.entry.kind === 'member-revoked' && isSelf(said)) return true
  return validSeconds(bench, said).length > 0
}

/** Another device, another person, and no third device that could be behind both. */
function isIndependent(bench: Bench, said: Statement, second: Statement): boolean {
  if (second.by === said.by || second.about !== said.about) return false
  if (isAgainst(said) && second.by === said.about) return false
  if (bench.mayBeSamePerson(said.by, second.by)) return false
  return !shareController(bench, said, second)
}

/** What a device does against itself through others harms nobody; what it does for itself may. */
function shareController({ sure }: Bench, said: Statement, second: Statement): boolean {
  const about = isAgainst(said) ? said.about : null
  const harmless = about === null ? [] : [about]
  return sure.sponsors.shareController(
    { device: said.by, about },
    { device: second.by, about },
    harmless
  )
}

/** It takes something from whom it is about. */
export function isAgainst({ entry }: Statement): boolean {
  if (entry.kind === 'role-changed') return entry.body.role !== 'organiser'
  return entry.kind === 'member-revoked'
}

/**
 * True where no third member could second a revocation: none was there when it was said, as far as
 * `knower` knows, or anybody where none is given. Who is heard of later takes nothing back.
 */
export function isAlone(bench: Bench, revocation: Statement, knower?: Statement): boolean {
  const { matter, everybody } = bench
  const { by, about } = revocation
  const others = new Set([matter.founder, ...everybody.devices])
  others.delete(by)
  others.delete(about)
  for (const device of others) if (couldSecond(bench, revocation, device, knower)) return false
  return true
}

/** Whoever was a member then. Not whom the target let in: it could make up thirds at will. */
function couldSecond(bench: Bench, said: Statement, device: string, knower?: Statement): boolean {
  const { everybody, sure, matter } = bench
  const grants = device === matter.founder ? [matter.founding] : everybody.grants(device, JUROR)
  const isKnown = (grant: Statement): boolean =>
    knower === undefined || grant === matter.founding || bench.covers(knower, grant)
  if (!grants.some((grant) => !bench.covers(grant, said) && isKnown(grant))) return false
  const isTargets =
    said.about !== matter.founder &&
    everybody.sponsors.controls(said.about, { device, about: null })
  if (isTargets) return false
  const cuts = sure.about(device, 'member-revoked')
  return !cuts.some((cut) => cut !== said && bench.covers(said, cut))
}
