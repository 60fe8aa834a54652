// Which of a device's journals comes first. Each names the one before it, and its clock is not asked:
// a receipt stands before or after a loss whatever the clock said.

import { coreKey } from '../../encoding/core-key.ts'
import { hex } from '../../encoding/hex.ts'
import type { JournalHead } from '../../encoding/journal/journal-head.ts'
import type { JournalKey } from '../../types/keys.ts'

export class JournalOrder {
  readonly #heads: () => readonly JournalHead[]
  #depths = new Map<string, number>()
  #known = 0

  constructor(heads: () => readonly JournalHead[]) {
    this.#heads = heads
  }

  /** Where an entry stands among all that its device said. */
  placeOf(journal: JournalKey, index: number): { readonly depth: number; readonly index: number } {
    return new PlaceInOrder(this, journal, index)
  }

  /** How many journals of its device come before this one, as far as they are known here. */
  depthOf(journal: JournalKey): number {
    const heads = this.#heads()
    if (heads.length !== this.#known) this.#depths = depthsOf(heads)
    this.#known = heads.length
    return this.#depths.get(hex(journal)) ?? 0
  }
}

/** Asked anew each time: which journal comes first is learnt with the heads. */
class PlaceInOrder {
  readonly index: number
  readonly #order: JournalOrder
  readonly #journal: JournalKey

  constructor(order: JournalOrder, journal: JournalKey, index: number) {
    this.index = index
    this.#order = order
    this.#journal = journal
  }

  get depth(): number {
    return this.#order.depthOf(this.#journal)
  }
}

function depthsOf(heads: readonly JournalHead[]): Map<string, number> {
  return depthsIn(new Map(heads.map((head) => [hex(coreKey(head.signer)), idOf(head.previous)])))
}

/** How many journals come before each. @param previous the one before, null for the first; keys as hex */
export function depthsIn(previous: Map<string, string | null>): Map<string, number> {
  const depths = new Map<string, number>()
  for (const id of previous.keys()) depths.set(id, depthOf(id, previous))
  return depths
}

/** A device may name what it likes: a circle of names ends as well. */
function depthOf(id: string, previous: Map<string, string | null>): number {
  const seen = new Set<string>()
  for (let at = previous.get(id); at != null && !seen.has(at); at = previous.get(at)) {
    if (previous.has(at)) seen.add(at)
  }
  return seen.size
}

function idOf(key: JournalKey | null): string | null {
  return key === null ? null : hex(key)
}
