// How much one member has of everybody's journals, on one link, and how much it was told of what we have.
// Must never: take its word for more than a reason to ask it; hold more than a circle can have journals.

import type { JournalLength } from '../../encoding/control.ts'
import { hex } from '../../encoding/hex.ts'
import { MAX_HEADS } from '../../limits.ts'

export class JournalsOfPeer {
  /** It was told everything that had been read here by the change of that number; see `Telling`. */
  toldUpTo = -1
  readonly #lengths = new Map<string, number>()
  readonly #rivals = new Set<string>()
  readonly #heads = new Set<string>()

  /**
   * It says so. Journals that are not known here stay noted: its hello may still be under way.
   * @returns the ids of those it named
   */
  heard(lengths: readonly JournalLength[]): string[] {
    return lengths.map(({ journal, length }) => {
      const id = hex(journal)
      this.note(id, length)
      return id
    })
  }

  note(id: string, length: number): void {
    if (this.#lengths.size < MAX_HEADS || this.#lengths.has(id)) this.#lengths.set(id, length)
  }

  /** Entries of the journal with this key, as hex, that it says it has; 0 where it has said nothing. */
  lengthOf(id: string): number {
    return this.#lengths.get(id) ?? 0
  }

  /** It has another history of this journal than we: nothing of it is fetched there any more. */
  noteRival(id: string): void {
    this.#rivals.add(id)
  }

  hasRival(id: string): boolean {
    return this.#rivals.has(id)
  }

  /** It told us the head of this journal: most often nobody had told it that we know it. */
  noteHead(id: string): void {
    if (this.#heads.size < MAX_HEADS) this.#heads.add(id)
  }

  hasToldHead(id: string): boolean {
    return this.#heads.has(id)
  }

  /** True where it has told of this journal, or its head: it needs no introduction. */
  knows(id: string): boolean {
    return this.#lengths.has(id) || this.#heads.has(id)
  }
}
