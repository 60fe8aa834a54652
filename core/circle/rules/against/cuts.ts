// What a revocation takes back of what its target said: all that its author had not read, with few
// exceptions that one seized device cannot make for itself. Pure.

import { isImplied, isWitnessed } from './before.ts'
import { isSelf } from '../bench.ts'
import type { Bench } from '../bench.ts'
import { isBacked, validSeconds } from './seconds.ts'
import type { Statement } from '../said/statement.ts'

/** True where a revocation of its author makes it void. */
export function isCut(bench: Bench, said: Statement): boolean {
  return bench.assumed.about(said.by, 'member-revoked').some((cut) => voids(bench, cut, said))
}

function voids(bench: Bench, cut: Statement, said: Statement): boolean {
  if (cut === said || bench.covers(cut, said)) return false
  const lifting = liftings(bench, cut)
  if (lifting.some((one) => bench.covers(said, one))) return false
  if (bench.covers(said, cut)) return true // it spoke as a member knowing that it was none
  if (isSelf(cut)) return false // whoever has its seed could take back with it all that it ever said
  return lifting.length === 0 && !standsBeside(bench, cut, said)
}

/** Neither knew of the other, as far as they say: who else is there to believe? */
function standsBeside(bench: Bench, cut: Statement, said: Statement): boolean {
  if (isImplied(bench, cut, said)) return true
  switch (said.entry.kind) {
    case 'member-revoked':
      return isBacked(bench, said) || isMutual(bench, cut, said)
    case 'seconded':
      return !bench.assumed.backed.has(cut)
    case 'circle-created':
      return true
    default:
      return bench.isLenient || isWitnessed(bench, cut, said)
  }
}

/** Two accuse each other: neither silences the other until somebody stands by one of them. */
function isMutual({ assumed }: Bench, cut: Statement, said: Statement): boolean {
  return said.about === cut.by && !assumed.backed.has(cut)
}

/** Reinstatements that count against a revocation. */
export function liftings(bench: Bench, cut: Statement, also?: Statement): Statement[] {
  const reinstated = bench.sure.about(cut.about, 'reinstated')
  const all = also === undefined ? reinstated : [also]
  return all.filter((lifting) => lifts(bench, lifting, cut))
}

/** What two people said takes two others to undo. */
function lifts(bench: Bench, lifting: Statement, cut: Statement): boolean {
  if (lifting.by === cut.by || !bench.covers(lifting, cut)) return false
  if (!bench.assumed.backed.has(cut)) return true
  return validSeconds(bench, lifting).some(({ by }) => by !== cut.by && by !== cut.about)
}
