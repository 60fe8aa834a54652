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

  fail(code: ReasonCode, message: string, place: Partial<Place> = {}): void {
    this.#failures++
    if (place.part) this.#failedParts.add(place.part)
    this.#keep('failure', code, message, place)
  }

  find(code: ReasonCode, message: string, place: Partial<Place> = {}): void {
    this.#keep('finding', code, message, place)
  }

  /** Everything found, failures first, each kind with its count where it was cut. */
  all(): Reason[] {
    const all = [...this.#kept, ...this.#cut()]
    const rank = (reason: Reason) => (reason.severity === 'failure' ? 0 : 1)
    return all.sort((a, b) => rank(a) - rank(b))
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
