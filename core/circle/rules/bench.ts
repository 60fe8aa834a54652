// Where a statement is weighed: what is assumed of the others, and what is sure so far. Pure.
//
// `assumed` is what might count against somebody, `sure` what counts for somebody. Both are the same
// statements, read once too hard and once too soft, until the two readings meet (`evaluate.ts`).

import { isImplied, isWitnessed } from './against/before.ts'
import type { Statement } from './said/statement.ts'
import { ORGANISER, JUROR } from './world.ts'
import type { Matter, World } from './world.ts'

export class Bench {
  readonly matter: Matter
  readonly assumed: World
  readonly sure: World
  /** Additions of the cut-off count that nobody but they say were made before. */
  readonly isLenient: boolean

  constructor(matter: Matter, assumed: World, sure: World, isLenient = false) {
    this.matter = matter
    this.assumed = assumed
    this.sure = sure
    this.isLenient = isLenient
  }

  /** As if nobody had ever been cut off. */
  get everybody(): World {
    return this.matter.everybody ?? this.sure
  }

  covers(a: Statement, b: Statement): boolean {
    return this.matter.knowledge.covers(a, b)
  }

  isOrganiser(statement: Statement): boolean {
    return this.hadRank(statement, ORGANISER)
  }

  /** A member whose word counts in judging others: everybody but relays. */
  isJuror(statement: Statement): boolean {
    return this.hadRank(statement, JUROR)
  }

  isMember({ by }: Statement): boolean {
    return this.sure.isGranted(by, 0)
  }

  /** What its author was when it spoke; what was given back must have been known to it. */
  hadRank(statement: Statement, rank: number): boolean {
    const { assumed, sure } = this
    const { by } = statement
    const grants = sure.grants(by, rank)
    if (grants.length === 0) return false
    return assumed.demotions(by, rank).every((lost) => {
      if (lost === statement || this.covers(lost, statement)) return true
      if (grants.some((back) => this.covers(back, lost) && this.covers(statement, back)))
        return true
      return !this.covers(statement, lost) && this.#standsBeside(lost, statement)
    })
  }

  /** What a device says against itself takes nothing back: whoever has its seed could take back all. */
  #standsBeside(lost: Statement, said: Statement): boolean {
    if (isSelf(lost) || this.isLenient) return true
    return isImplied(this, lost, said) || isWitnessed(this, lost, said)
  }

  /** Both said, each in its journal, that the other is the same person's. */
  areSamePerson(a: string, b: string): boolean {
    return this.#claims(this.sure, a, b) && this.#claims(this.sure, b, a)
  }

  /** Either said so. */
  mayBeSamePerson(a: string, b: string): boolean {
    const { everybody } = this
    return this.#claims(everybody, a, b) || this.#claims(everybody, b, a)
  }

  #claims(world: World, by: string, about: string): boolean {
    return world.about(about, 'own-device').some((claim) => claim.by === by)
  }
}

export function isSelf({ by, about }: Statement): boolean {
  return by === about
}
