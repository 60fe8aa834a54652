// What counts, in one reading of all statements: who was let in as what, which accusations cut off.
// A reading only grows while it is worked out. Pure. Must never: judge; `judge.ts` fills it.

import type { MemberAdded, RoleChanged, Seconded } from '../../encoding/journal/journal-entry.ts'
import { hex } from '../../encoding/hex.ts'
import type { Role } from '../../types/keys.ts'
import { pushTo } from '../lists.ts'
import type { Knowledge } from './said/knowledge.ts'
import { Sponsors } from './against/sponsors.ts'
import type { Sponsoring } from './against/sponsors.ts'
import { placeOf } from './said/statement.ts'
import type { Statement } from './said/statement.ts'

/** A role includes the rights of those below it. */
const RANKS: Record<Role, number> = { relay: 0, keeper: 1, contact: 2, organiser: 3 }
/** All of them, the highest first. */
export const RANKS_DOWN: readonly number[] = Object.values(RANKS).sort((a, b) => b - a)
export const ORGANISER = RANKS.organiser
/** Of those whose word counts in judging others. */
export const JUROR = RANKS.keeper

/** What no reading changes. */
export interface Matter {
  founding: Statement
  founder: string
  knowledge: Knowledge
  /** Statements that stand by the one at a place. */
  seconds: Map<string, Statement[]>
  /** About whom, or by whom. */
  byPlace: Map<string, Statement>
  /** As if nobody had ever been cut off; null while that is worked out. */
  everybody: World | null
}

export class World {
  readonly #matter: Matter
  readonly #counts = new Set<Statement>()
  readonly #about = new Map<string, Statement[]>()
  #sponsors: Sponsors | null = null
  /** Those that cut off another device at once, without a second. */
  readonly atOnce = new Set<Statement>()
  /** Those that somebody independent stands by, or that need nobody. */
  readonly backed = new Set<Statement>()

  constructor(matter: Matter) {
    this.#matter = matter
  }

  get size(): number {
    return this.#counts.size + this.backed.size + this.atOnce.size
  }

  has(statement: Statement): boolean {
    return this.#counts.has(statement)
  }

  add(statement: Statement): void {
    this.#counts.add(statement)
    pushTo(this.#about, statement.about, statement)
  }

  drop(statement: Statement): void {
    this.#counts.delete(statement)
    this.atOnce.delete(statement)
    this.backed.delete(statement)
    const others = this.#about.get(statement.about)!.filter((one) => one !== statement)
    this.#about.set(statement.about, others)
  }

  /** Statements about a device that count. */
  about(device: string, kind: Statement['entry']['kind']): Statement[] {
    return (this.#about.get(device) ?? []).filter(({ entry }) => entry.kind === kind)
  }

  /** Every device that was let in. */
  get devices(): string[] {
    return [...this.#about.keys()].filter((device) => this.isGranted(device, 0))
  }

  /** True where something gave a device at least that rank: the first that did is all that is looked for. */
  isGranted(device: string, rank: number): boolean {
    return (this.#about.get(device) ?? []).some((one) => grants(one, rank))
  }

  /** What gave a device at least that rank. */
  grants(device: string, rank: number): Statement[] {
    return (this.#about.get(device) ?? []).filter((one) => grants(one, rank))
  }

  /** What took a device below that rank. */
  demotions(device: string, rank: number): Statement[] {
    return this.about(device, 'role-changed').filter((one) => grantedBy(one)! < rank)
  }

  get sponsors(): Sponsors {
    return (this.#sponsors ??= this.#sponsorsNow())
  }

  /** Sponsors are looked up anew. */
  refresh(): void {
    this.#sponsors = null
  }

  #sponsorsNow(): Sponsors {
    const { founder, knowledge, byPlace } = this.#matter
    const sponsorings: Sponsoring[] = []
    for (const statement of this.#counts) {
      const { by: from, about: to, entry } = statement
      const vouched = entry.kind === 'seconded' ? byPlace.get(placeSeconded(entry.body)) : null
      const sponsors = entry.kind === 'member-added' || vouched?.entry.kind === 'member-added'
      if (sponsors) sponsorings.push({ from, to, statement })
    }
    return new Sponsors(founder, knowledge, sponsorings)
  }
}

export function placeSeconded({ journal, index }: Seconded): string {
  return placeOf({ journal: hex(journal), index })
}

function grants(statement: Statement, rank: number): boolean {
  return (grantedBy(statement) ?? -1) >= rank
}

/** The rank a statement gives whom it is about, or null. */
export function grantedBy({ entry }: Statement): number | null {
  if (entry.kind === 'circle-created') return ORGANISER
  if (entry.kind !== 'member-added' && entry.kind !== 'role-changed') return null
  return rankOf((entry.body as MemberAdded | RoleChanged).role)
}

export function roleOfRank(rank: number): Role {
  return (Object.keys(RANKS) as Role[]).find((role) => RANKS[role] === rank)!
}

export function rankOf(role: Role): number {
  return RANKS[role]
}
