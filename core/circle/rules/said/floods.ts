// Which statements are weighed of a device that says too much: those that others had read first, each
// kind apart. What is said later, in whatever journal, displaces nothing that others relied on. Pure.
//
// The others are those that the device cannot have let in: to whom additions lead from the founder
// without its own. They have read more and more, so what one of them had read while there was little to
// read was there before what it read when there was more. To the founder everybody else is another.
// Must never: leave out the founding.

import type { CircleId } from '../../../types/keys.ts'
import { hex } from '../../../encoding/hex.ts'
import { pushTo } from '../../lists.ts'
import { countBelow, groupByJournal } from './knowledge.ts'
import { claimsFounding, isFounding, seenOf } from './statement.ts'
import type { Statement } from './statement.ts'

/** Statements of each kind of one device that are weighed: twice what an organiser of 255 members needs. */
export const MAX_STATEMENTS_PER_KIND = 512

/** Others had read the first `length` entries of a journal when they knew of `depth` statements. */
interface Mark {
  length: number
  depth: number
}

/** @param statements in the order of their places. @returns the same in that order; none without a founding */
export function withoutFloods(circle: CircleId, statements: readonly Statement[]): Statement[] {
  const founding = statements.find((one) => isFounding(circle, one))
  if (founding === undefined) return []
  const groups = new Map<string, Statement[]>()
  for (const one of statements) {
    pushTo(groups, [one.by, one.entry.kind, claimsFounding(circle, one)].join(), one)
  }
  const left = new Set<Statement>()
  for (const group of groups.values()) {
    const isFlood = group.length > MAX_STATEMENTS_PER_KIND
    const kept = isFlood ? firstRead(group, statements, founding) : group
    for (const one of kept.slice(0, MAX_STATEMENTS_PER_KIND)) left.add(one)
  }
  return statements.filter((one) => left.has(one))
}

/**
 * What the founder said in its first journal; what others had read first; then, and of what nobody has
 * read, a line of each journal in turn.
 */
function firstRead(
  group: Statement[],
  all: readonly Statement[],
  founding: Statement
): Statement[] {
  const marks = marksOn(group[0]!.by, all, founding.by)
  const journals = [...groupByJournal(group)]
  const places = journals.flatMap(([journal, lines]) =>
    lines.map((one, turn) => {
      const isFirst = journal === founding.journal
      return { one, turn, depth: isFirst ? -1 : depthAt(marks.get(journal) ?? [], one) }
    })
  )
  // sorting leaves what is equal as it was: in the order of journal keys
  return places.sort((a, b) => compare(a.depth, b.depth) || a.turn - b.turn).map(({ one }) => one)
}

function depthAt(marks: readonly Mark[], { index }: Statement): number {
  return marks.find(({ length }) => length > index)?.depth ?? Infinity
}

/** How far others had read each journal of `device`: the least that they knew then first. */
function marksOn(device: string, all: readonly Statement[], founder: string): Map<string, Mark[]> {
  const journals = groupByJournal(all)
  const others = independentOf(device, all, founder)
  const marks = new Map<string, Mark[]>()
  for (const statement of all) {
    if (!others(statement.by)) continue
    const seen = seenOf(statement).map(({ journal, length }) => ({ id: hex(journal), length }))
    const own = seen.filter(({ id }) => journals.get(id)?.[0]!.by === device)
    if (own.length === 0) continue
    const depths = seen.map(({ id, length }) => countBelow(journals.get(id) ?? [], length))
    const depth = depths.reduce((sum, count) => sum + count, 0)
    for (const { id, length } of own) pushTo(marks, id, { length, depth })
  }
  for (const [id, list] of marks) marks.set(id, furthestOf(list))
  return marks
}

/** Of those that knew no less only who had read further. */
function furthestOf(marks: Mark[]): Mark[] {
  let furthest = 0
  return marks
    .sort((a, b) => a.depth - b.depth || b.length - a.length)
    .filter(({ length }) => {
      const isFurther = length > furthest
      furthest = Math.max(furthest, length)
      return isFurther
    })
}

/** True for those whom it cannot have let in. Who may let in is not asked: that takes a second device. */
function independentOf(
  device: string,
  all: readonly Statement[],
  founder: string
): (other: string) => boolean {
  if (device === founder) return (other) => other !== device
  const additions = new Map<string, string[]>()
  for (const { by, about, entry } of all) {
    if (entry.kind === 'member-added' && by !== device) pushTo(additions, by, about)
  }
  const reached = new Set([founder])
  for (const at of reached) for (const one of additions.get(at) ?? []) reached.add(one)
  reached.delete(device)
  return (other) => reached.has(other)
}

function compare(a: number, b: number): number {
  return a === b ? 0 : a - b // two that nobody has read: the difference would be no number
}
