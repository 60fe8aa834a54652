// Who came into the circle through whom, and which members one device could have made up alone. Pure.
//
// A sponsor of a member is who added it, or stood by its addition. What one device `h` could have made
// up is every member to whom no path of sponsors leads from the founder once `h`'s own sponsorings are
// taken out, but two kinds of them, that were made before `h` can have been seized:
//
// - those before it let in the device that is accused: what is made up afterwards cannot be older;
// - the founder's first two: with fewer honest members than that there is nothing to take over.

import { pushTo } from '../../lists.ts'
import type { Knowledge } from '../said/knowledge.ts'
import type { Statement } from '../said/statement.ts'

/** `statement` says that `from` answers for `to`. */
export interface Sponsoring {
  from: string
  to: string
  statement: Statement
}

/** Members of the founder's that count as independent of it. */
const FOUNDERS_FIRST = 2

export class Sponsors {
  readonly #founder: string
  readonly #knowledge: Knowledge
  readonly #edges = new Map<string, Sponsoring[]>()
  readonly #into = new Map<string, Sponsoring[]>()
  readonly #reach = new Map<string, Set<string>>()

  constructor(founder: string, knowledge: Knowledge, sponsorings: readonly Sponsoring[]) {
    this.#founder = founder
    this.#knowledge = knowledge
    for (const sponsoring of sponsorings) {
      pushTo(this.#edges, sponsoring.from, sponsoring)
      pushTo(this.#into, sponsoring.to, sponsoring)
    }
  }

  /** True where one device other than those in `harmless` could be behind both. */
  shareController(a: Seat, b: Seat, harmless: readonly string[]): boolean {
    for (const device of this.#ancestors(a.device)) {
      if (harmless.includes(device)) continue
      if (this.controls(device, a) && this.controls(device, b)) return true
    }
    return false
  }

  /** True where `device` could be behind that member, as far as the circle can tell. */
  controls(device: string, { device: member, about }: Seat): boolean {
    return device === member || !this.#reachWithout(device, about).has(member)
  }

  /** Those through whom it came in, and who did not come in through it. */
  above(device: string): string[] {
    const all = [...this.#ancestors(device)]
    return all.filter((one) => !this.controls(device, { device: one, about: null }))
  }

  /** What `device` let `about` in by, itself or through others; nothing where it came in without. */
  entries(device: string, about: string): Statement[] {
    const through = this.#ancestors(about, device)
    if (through.has(this.#founder)) return []
    const own = this.#edges.get(device) ?? []
    return own.filter(({ to }) => through.has(to)).map(({ statement }) => statement)
  }

  #before(device: string, about: string): Sponsoring[] {
    const entries = this.entries(device, about)
    if (entries.length === 0) return []
    const own = this.#edges.get(device) ?? []
    return own.filter(({ statement }) =>
      entries.every((entry) => this.#knowledge.covers(entry, statement))
    )
  }

  /** Everybody a path leads to from the founder, with few or none of `device`'s own sponsorings. */
  #reachWithout(device: string, about: string | null): Set<string> {
    const id = `${device}/${about}`
    const known = this.#reach.get(id)
    if (known !== undefined) return known
    const allowed = about === null ? [] : this.#before(device, about)
    if (device === this.#founder) allowed.push(...this.#first(device))
    const reached = this.#walk(device, allowed)
    this.#reach.set(id, reached)
    return reached
  }

  #walk(device: string, allowed: Sponsoring[]): Set<string> {
    const reached = new Set([this.#founder])
    for (const at of reached) {
      const edges = at === device ? allowed : (this.#edges.get(at) ?? [])
      for (const { to } of edges) reached.add(to)
    }
    return reached
  }

  /** The first it let in. Where it wrote several journals at once, those of which that is sure. */
  #first(device: string): Sponsoring[] {
    const own = this.#edges.get(device) ?? []
    return own.filter(({ to, statement }) => {
      const others = own.filter(
        (other) => other.to !== to && !this.#knowledge.covers(other.statement, statement)
      )
      return new Set(others.map((other) => other.to)).size < FOUNDERS_FIRST
    })
  }

  /** A device, its sponsors, theirs, and so on; not further than `until`, which is left out. */
  #ancestors(device: string, until?: string): Set<string> {
    const found = new Set([device])
    for (const at of found) {
      for (const { from } of this.#into.get(at) ?? []) if (from !== until) found.add(from)
    }
    return found
  }
}

/** Somebody who speaks, and about whom: only what was let in before that one is surely no puppet. */
export interface Seat {
  device: string
  about: string | null
}
