// What members say that they are called: each of itself, and the last one in its own journals counts. Pure.
//
// A date decides nothing, for it is a claim. Whatever anybody was ever called stays: names are looked at in
// the order they were said, the first so many of each device, so that no later one takes the place of one
// that was shown. What a device says after its revocation does not count, and is looked at by itself.
// Must never: take anybody's word for what another is called, or look at more than `MAX_NAMES` of one device.

import { hex } from '../../../encoding/hex.ts'
import type { Named } from '../../../encoding/journal/journal-entry.ts'
import { plain } from '../../../evidence/text/plain.ts'
import { MAX_NAMES } from '../../../limits.ts'
import { depthsIn } from '../../journal/journal-order.ts'
import { KeptNames } from '../said/kept-names.ts'
import type { SaidName } from '../said/kept-names.ts'
import type { JournalLine } from '../said/statement.ts'
import type { Member } from './member.ts'
import type { Reach } from './reach.ts'

export interface Naming extends SaidName {
  /** What it was called before, as far as that counts. */
  was: string
  /** Why it does not count; null where it does, or did until the next. */
  why: 'cut-off' | 'no-right' | null
}

/**
 * Those of each device one after the other, in the order they were said.
 * @param members as they were let in
 * @param lines all that say so, and one at least of each journal that stands between two of a device
 */
export function namingsOf(
  members: readonly Member[],
  reach: Reach,
  lines: readonly JournalLine[]
): Naming[] {
  const kept = new KeptNames(lines)
  if (kept.isEmpty) return []
  const depths = depthsIn(previousIn(lines))
  return members.flatMap((member) => {
    const own = kept.of(hex(member.device)).sort((a, b) => compare(depths, a, b))
    return weighed(member, looked(own, reach), reach)
  })
}

/** The members as they are called now. */
export function called(members: readonly Member[], namings: readonly Naming[]): Member[] {
  const last = new Map<string, Named>()
  for (const { device, said, why } of namings) if (why === null) last.set(device, said)
  return members.map((member) => {
    const said = last.get(hex(member.device))
    return said === undefined ? member : { ...member, name: said.name, namedAtMs: said.atMs }
  })
}

/**
 * By the date each shows, those of one device in the order they were said: what is dated before the one it
 * follows goes behind it.
 */
export function inTime(namings: readonly Naming[]): Naming[] {
  const latest = new Map<string, number>()
  const dated = namings.map((naming) => {
    const atMs = Math.max(naming.said.atMs, latest.get(naming.device) ?? 0)
    latest.set(naming.device, atMs)
    return { naming, atMs }
  })
  return dated.sort((a, b) => a.atMs - b.atMs).map(({ naming }) => naming)
}

/**
 * In the order they were said, those after a revocation by themselves: whoever has a seized phone takes the
 * place of nothing that its owner said.
 */
function looked(own: readonly SaidName[], reach: Reach): SaidName[] {
  const counts = { within: 0, beyond: 0 }
  return own.filter(({ line }) => counts[reach.isBeyond(line) ? 'beyond' : 'within']++ < MAX_NAMES)
}

function weighed({ name, state }: Member, own: SaidName[], reach: Reach): Naming[] {
  let was = name
  const shown = own.filter(({ said }) => plain(said.name) !== '') // else there is nothing to call it by
  return shown.map((one) => {
    const why = reach.isBeyond(one.line) ? 'cut-off' : state === 'unconfirmed' ? 'no-right' : null
    const naming: Naming = { ...one, was, why }
    if (why === null) was = one.said.name
    return naming
  })
}

function previousIn(lines: readonly JournalLine[]): Map<string, string | null> {
  return new Map(
    lines.map(({ journal, previous }) => [hex(journal), previous ? hex(previous) : null])
  )
}

/** By how many journals of its device come before its own; the journals' keys decide between two beginnings. */
function compare(depths: ReadonlyMap<string, number>, a: SaidName, b: SaidName): number {
  if (a.journal === b.journal) return a.index - b.index
  return depths.get(a.journal)! - depths.get(b.journal)! || (a.journal < b.journal ? -1 : 1)
}
