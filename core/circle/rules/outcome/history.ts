// Everything that was ever said of who belongs, with what became of it: nothing is hidden, not even
// what does not count. Plain data. Pure.

import type { DeviceKey, JournalKey, Role } from '../../../types/keys.ts'
import { liftings } from '../against/cuts.ts'
import type { Evaluation } from '../evaluate.ts'
import { isOpen } from '../against/holds.ts'
import { judge } from '../judge.ts'
import type { Why } from '../judge.ts'
import { validSeconds } from '../against/seconds.ts'
import type { Statement, StatementEntry } from '../said/statement.ts'
import { placeSeconded } from '../world.ts'

export type HistoryState = 'effective' | 'on-hold' | 'void'

/**
 * Why a statement has less than its full effect. `needs-second` on an effective revocation: it cuts
 * off, and its author has no powers until somebody stands by it.
 */
export type HistoryWhy = Why | 'reinstated' | 'unconfirmed' | 'not-independent' | 'disputed'

export interface HistoryEntry {
  kind: StatementEntry['kind']
  by: DeviceKey
  about: DeviceKey
  /** By its author's clock: a claim. */
  atMs: number
  role: Role | null
  /** Empty where none was given. */
  reason: string
  journal: JournalKey
  index: number
  state: HistoryState
  why: HistoryWhy | null
}

/** In causal order, as far as there is one. */
export function historyOf(evaluation: Evaluation): HistoryEntry[] {
  return evaluation.matter.knowledge.ordered.map((said) => entryOf(evaluation, said))
}

function entryOf(evaluation: Evaluation, said: Statement): HistoryEntry {
  const { entry, line, index } = said
  const { kind, body } = entry
  return {
    kind,
    by: line.device,
    about: body.device,
    atMs: body.atMs,
    role: 'role' in body ? body.role : null,
    reason: 'reason' in body ? body.reason : '',
    journal: line.journal,
    index,
    ...effectOf(evaluation, said)
  }
}

interface Effect {
  state: HistoryState
  why: HistoryWhy | null
}

function effectOf(evaluation: Evaluation, said: Statement): Effect {
  const { sure, possible, lenient, bench } = evaluation
  if (said.entry.kind === 'member-revoked' && possible.has(said)) return cutEffect(evaluation, said)
  if (sure.has(said)) return isVainSecond(evaluation, said) ? vain : effective
  if (said.entry.kind === 'member-added' && lenient.has(said)) {
    return { state: 'on-hold', why: 'unconfirmed' }
  }
  const why = judge(bench, said)
  return { state: why === 'needs-second' ? 'on-hold' : 'void', why: why ?? 'disputed' }
}

const effective: Effect = { state: 'effective', why: null }
const vain: Effect = { state: 'void', why: 'not-independent' }

function cutEffect({ possible, bench }: Evaluation, cut: Statement): Effect {
  if (liftings(bench, cut).length > 0) return { state: 'void', why: 'reinstated' }
  const waits = possible.atOnce.has(cut) && isOpen(bench, cut)
  return { state: 'effective', why: waits ? 'needs-second' : null }
}

/** Its author and that of what it stands by could be one, or it is the one that was accused. */
function isVainSecond({ bench, matter }: Evaluation, said: Statement): boolean {
  if (said.entry.kind !== 'seconded') return false
  const seconded = matter.byPlace.get(placeSeconded(said.entry.body))
  return seconded === undefined || !validSeconds(bench, seconded).includes(said)
}
