// Whether something was said before what takes its author's rights away, though neither says that it knew
// of the other. Whoever has a seized seed can claim to have read nothing, and so put what it says now
// beside all that was ever said: so it takes somebody else's word, or what must have been known. Pure.

import type { Bench } from '../bench.ts'
import type { Statement } from '../said/statement.ts'
import { JUROR } from '../world.ts'

/** Who was let in by a device, and by it alone, knows what that device had said until then. */
export function isImplied(bench: Bench, against: Statement, said: Statement): boolean {
  const entries = bench.everybody.sponsors.entries(said.by, against.by)
  return entries.length > 0 && entries.every((one) => one === said || bench.covers(one, said))
}

/** Another member, no relay, that the author could not have made up had read it, and not what is against it. */
export function isWitnessed(bench: Bench, against: Statement, said: Statement): boolean {
  const { sure, matter } = bench
  return matter.knowledge.ordered.some(
    (witness) =>
      witness.by !== said.by &&
      sure.has(witness) &&
      bench.covers(witness, said) &&
      !bench.covers(witness, against) &&
      isJuror(bench, witness) &&
      !sure.sponsors.controls(said.by, { device: witness.by, about: against.by })
  )
}

/** It is one, and never was made anything less: what it was when is not asked, for that may hang on this. */
function isJuror({ sure, assumed }: Bench, { by }: Statement): boolean {
  return sure.isGranted(by, JUROR) && assumed.demotions(by, JUROR).length === 0
}
