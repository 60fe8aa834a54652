// What each statement's author had read when it spoke: the only time the rules know. Pure.
//
// A statement knows what its `seen` covers, what earlier statements of its device knew, and what its
// device said earlier. Knowledge is never passed on from one device to another: a lie about `seen`
// changes what its author knew, and nothing about what anybody else did.
//
// Of one journal of the founder it is sure that it came before all its others: the one that the circle's
// id was made from. So whoever has the founder's seed cannot begin again as if it had never let anybody in.

import { hex } from '../../../encoding/hex.ts'
import { pushTo } from '../../lists.ts'
import { priorityOf, seenOf } from './statement.ts'
import type { Statement } from './statement.ts'

type Lengths = ReadonlyMap<string, number>

export class Knowledge {
  /** By causal depth, then kind, journal, index: an order that no claimed time changes. */
  readonly ordered: readonly Statement[]
  readonly #known = new Map<Statement, Lengths>()
  readonly #rank = new Map<Statement, number>()
  readonly #founding: Statement

  /** @param statements in the order of their places */
  constructor(statements: readonly Statement[], founding: Statement) {
    this.#founding = founding
    const journals = groupByJournal(statements)
    const last = new Map<string, Lengths>()
    for (const journal of journals.keys()) this.#read(journal, journals, last, new Set())
    const depths = new Map(statements.map((one) => [one, this.#depthOf(one, journals)]))
    this.ordered = [...statements].sort(
      (a, b) =>
        depths.get(a)! - depths.get(b)! ||
        priorityOf(a.entry.kind) - priorityOf(b.entry.kind) ||
        (a.journal === b.journal ? a.index - b.index : a.journal < b.journal ? -1 : 1)
    )
    this.ordered.forEach((one, rank) => this.#rank.set(one, rank))
  }

  /** True where `a` was said in the knowledge of `b`: `b` is before `a`. */
  covers(a: Statement, b: Pick<Statement, 'journal' | 'index'>): boolean {
    return (this.#known.get(a)!.get(b.journal) ?? 0) > b.index
  }

  /** True where `a` goes before `b` where neither cause nor rule says more. */
  isEarlier(a: Statement, b: Statement): boolean {
    return this.#rank.get(a)! < this.#rank.get(b)!
  }

  /** Knowledge of each statement of a journal, after the journals its device wrote before. */
  #read(
    journal: string,
    journals: Map<string, Statement[]>,
    last: Map<string, Lengths>,
    open: Set<string>
  ): Lengths {
    const done = last.get(journal)
    if (done !== undefined) return done
    const statements = journals.get(journal) ?? []
    open.add(journal)
    let known = this.#inherited(statements[0], journals, last, open)
    for (const statement of statements) {
      known = grown(known, statement)
      this.#known.set(statement, known)
    }
    last.set(journal, known)
    return known
  }

  /** From the journal before, all of it: where it is the same device's, and no ring of journals. */
  #inherited(
    first: Statement | undefined,
    journals: Map<string, Statement[]>,
    last: Map<string, Lengths>,
    open: Set<string>
  ): Lengths {
    if (first === undefined || first.journal === this.#founding.journal) return new Map()
    const { previous } = first
    const before = previous === null ? undefined : journals.get(previous)?.[0]
    const isSound = before !== undefined && before.by === first.by && !open.has(before.journal)
    const journal = isSound ? before.journal : this.#firstOf(first.by)
    if (journal === null) return new Map()
    return new Map(this.#read(journal, journals, last, open)).set(journal, Infinity)
  }

  /** The journal that came before all others of a device, where that is sure. */
  #firstOf(device: string): string | null {
    return device === this.#founding.by ? this.#founding.journal : null
  }

  /** How many statements it knows. */
  #depthOf(statement: Statement, journals: Map<string, Statement[]>): number {
    let depth = 0
    for (const [journal, length] of this.#known.get(statement)!) {
      depth += countBelow(journals.get(journal) ?? [], length)
    }
    return depth
  }
}

/** What was known, its own journal up to here, and what it says it had read. */
function grown(known: Lengths, statement: Statement): Lengths {
  const { journal, index } = statement
  const grown = new Map(known)
  for (const seen of seenOf(statement)) {
    const key = hex(seen.journal)
    grown.set(key, Math.max(grown.get(key) ?? 0, seen.length))
  }
  return grown.set(journal, index) // nobody has read on in what it is only writing
}

export function groupByJournal(statements: readonly Statement[]): Map<string, Statement[]> {
  const journals = new Map<string, Statement[]>()
  for (const statement of statements) pushTo(journals, statement.journal, statement)
  return journals
}

/** Statements with a lower index than `length`; `statements` are in order. */
export function countBelow(statements: readonly Statement[], length: number): number {
  let [low, high] = [0, statements.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (statements[middle]!.index < length) low = middle + 1
    else high = middle
  }
  return low
}
