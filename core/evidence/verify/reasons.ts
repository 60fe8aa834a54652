// Collects what verification finds. Bounded, so that a hostile package cannot make it talk for ever,
// and a failure counts even where its sentence is cut.

import { quoted } from '../text/printable.ts'
import type { Place, Reason, ReasonCode, Severity } from './verdict.ts'

/** Sentences kept of one kind; the rest are counted. */
const MOST_OF_A_KIND = 16

export class Reasons {
  /** Files shown good by more than their line in SHA256SUMS. */
  readonly vouched = new Set<string>()
  readonly #kept: Reason[] = []
  readonly #counts = new Map<ReasonCode, number>()
  readonly #failedParts = new Set<number>()
  readonly #accused = new Set<string>()
  #failures = 0

  get failed(): boolean {
    return this.#failures > 0
  }

  get failures(): number {
    return this.#failures
  }

  failedIn(part: number): boolean {
    return this.#failedParts.has(part)
  }

  /** True where a failure names this file. */
  accuses(file: string): boolean {
    return this.#accused.has(file)
  }

  fail(code: ReasonCode, message: string, place: Partial<Place> = {}): void {
    this.#failures++
    if (place.part) this.#failedParts.add(place.part)
    if (code === 'FILE_MISSING' && this.accuses(place.file ?? '')) return // said, by who else looked for it
    if (place.file) this.#accused.add(place.file)
    this.#keep('failure', code, message, place)
  }

  find(code: ReasonCode, message: string, place: Partial<Place> = {}): void {
    this.#keep('finding', code, message, place)
  }

  /**
   * Everything found, each kind with its count where it was cut: first that this is no package, where it
   * is none, then the other failures, then the findings.
   */
  all(): Reason[] {
    return [...this.#kept, ...this.#cut()].sort((a, b) => rank(a) - rank(b))
  }

  #keep(severity: Severity, code: ReasonCode, message: string, place: Partial<Place>): void {
    const count = (this.#counts.get(code) ?? 0) + 1
    this.#counts.set(code, count)
    if (count > MOST_OF_A_KIND) return
    const { part = null, block = null, seconds = null } = place
    const file = place.file ? quoted(place.file).slice(1, -1) : null
    this.#kept.push({ code, severity, message, file, part, block, seconds })
  }

  #cut(): Reason[] {
    const cut: Reason[] = []
    for (const [code, count] of this.#counts) {
      if (count <= MOST_OF_A_KIND) continue
      const like = this.#kept.find((reason) => reason.code === code)!
      const message = `There are ${count - MOST_OF_A_KIND} more of this kind`
      cut.push({ ...like, message, file: null, part: null, block: null, seconds: null })
    }
    return cut
  }
}

function rank({ code, severity }: Reason): number {
  if (code === 'TOO_MANY_FILES' || code === 'NOT_A_PACKAGE') return 0
  return severity === 'failure' ? 1 : 2
}
