// Whether one statement counts, given what the others are taken for: the table in docs/PROTOCOL.md, a
// row for each kind. Pure.

import type { Bench } from './bench.ts'
import { isSelf } from './bench.ts'
import { isCut, liftings } from './against/cuts.ts'
import { isHeld, isSpent } from './against/holds.ts'
import { isAgainst, isBacked } from './against/seconds.ts'
import { isOwnBox } from './said/own-box.ts'
import type { Statement } from './said/statement.ts'
import { ORGANISER, grantedBy, placeSeconded } from './world.ts'

/** Why it does not count, in a word; `needs-second` is the only one that can still pass by. */
export type Why =
  | 'no-right' // its author was never in a position to say it
  | 'cut-off' // its author was cut off
  | 'on-hold' // its author had accused somebody, alone
  | 'needs-second' // another member must stand by it
  | 'no-object' // there is nothing it could be about
  | 'foreign-key' // whom it is about has not signed the key that is to be sealed for it

/** Null where it counts. */
export function judge(bench: Bench, said: Statement): Why | null {
  if (said.entry.kind === 'circle-created') {
    return said === bench.matter.founding ? null : 'no-right'
  }
  if (!bench.isMember(said)) return 'no-right'
  if (isCut(bench, said)) return 'cut-off'
  switch (said.entry.kind) {
    case 'member-added':
      return judgeAddition(bench, said)
    case 'member-revoked':
      return judgeRevocation(bench, said)
    case 'role-changed':
      return judgeRole(bench, said)
    case 'reinstated':
      return judgeReinstatement(bench, said)
    case 'seconded':
      return judgeSecond(bench, said)
    case 'own-device':
      return isSelf(said) ? 'no-object' : null
  }
}

/** True for a revocation of another device that cuts it off before anybody agreed. */
export function cutsAtOnce(bench: Bench, said: Statement): boolean {
  if (said.entry.kind !== 'member-revoked' || isSelf(said)) return false
  return mayCutAtOnce(bench, said) && !isHeld(bench, said) && !isSpent(bench, said)
}

/** A relay cuts off nobody, not even its owner's other device: it stands where others have hands. */
function mayCutAtOnce(bench: Bench, said: Statement): boolean {
  if (bench.isOrganiser(said)) return true
  return bench.isJuror(said) && bench.areSamePerson(said.by, said.about)
}

/** Rights first: signatures are looked into for those whose word could count alone. */
function judgeAddition(bench: Bench, said: Statement): Why | null {
  if (!bench.isOrganiser(said)) return 'no-right'
  if (!isOwnBox(said)) return 'foreign-key'
  return isHeld(bench, said) ? 'on-hold' : null
}

function judgeRevocation(bench: Bench, said: Statement): Why | null {
  if (isSelf(said)) return null
  if (!bench.sure.isGranted(said.about, 0)) return 'no-object'
  const atOnce = mayCutAtOnce(bench, said)
  if (!atOnce && !bench.isJuror(said)) return 'no-right'
  if (isHeld(bench, said)) return 'on-hold'
  return cutsAtOnce(bench, said) || isBacked(bench, said) ? null : 'needs-second'
}

function judgeRole(bench: Bench, said: Statement): Why | null {
  if (!bench.sure.isGranted(said.about, 0)) return 'no-object'
  if (isSelf(said)) return bench.hadRank(said, grantedBy(said)!) ? null : 'no-right'
  if (bench.isOrganiser(said)) {
    if (isHeld(bench, said)) return 'on-hold'
    return !takesAway(bench, said) || isBacked(bench, said) ? null : 'needs-second'
  }
  if (isAgainst(said) || !bench.isJuror(said) || !hasNoOrganiser(bench, said)) return 'no-right'
  return isBacked(bench, said) ? null : 'needs-second'
}

/** What its target may do now, it would not any more. */
function takesAway({ everybody }: Bench, said: Statement): boolean {
  return everybody.isGranted(said.about, grantedBy(said)! + 1)
}

/** Every organiser that was there is cut off, or is none any more. */
function hasNoOrganiser(bench: Bench, said: Statement): boolean {
  const { assumed, sure, matter } = bench
  return [matter.founder, ...assumed.devices].every((device) => {
    const grants = assumed.grants(device, ORGANISER).filter((grant) => wasThere(bench, grant, said))
    if (grants.length === 0 || sure.demotions(device, ORGANISER).length > 0) return true
    return sure.about(device, 'member-revoked').some((cut) => liftings(bench, cut).length === 0)
  })
}

/** What makes an organiser where none is left is no reason against itself. */
function wasThere(bench: Bench, grant: Statement, said: Statement): boolean {
  if (grant.entry.kind !== 'role-changed') return !bench.covers(grant, said)
  return bench.matter.knowledge.isEarlier(grant, said)
}

/** Neither the one that was cut off nor whom it let in, nor who let it in, but for the founder. */
function judgeReinstatement(bench: Bench, said: Statement): Why | null {
  const { sure, matter } = bench
  if (isSelf(said) || !bench.isOrganiser(said)) return 'no-right'
  if (isHeld(bench, said)) return 'on-hold'
  const cuts = sure.about(said.about, 'member-revoked').filter((cut) => bench.covers(said, cut))
  if (cuts.length === 0) return 'no-object'
  if (cuts.every(({ by }) => by === said.by)) return 'no-right'
  const [by, about] = [said.by, said.about].map((device) => ({ device, about: null }))
  if (sure.sponsors.shareController(by!, about!, [matter.founder])) return 'no-right'
  return cuts.some((cut) => liftings(bench, cut, said).length > 0) ? null : 'needs-second'
}

function judgeSecond(bench: Bench, said: Statement): Why | null {
  if (said.entry.kind !== 'seconded' || !bench.isJuror(said)) return 'no-right'
  const seconded = bench.matter.byPlace.get(placeSeconded(said.entry.body))
  return seconded === undefined || seconded.about !== said.about ? 'no-object' : null
}
