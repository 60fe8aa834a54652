// Everything that the journals of a circle say, in the order in which it was read here.

import type { JournalKey } from '../types/keys.ts'
import { changesRoster } from './roster.ts'
import type { JournalLine } from './roster.ts'

export class Lines {
  readonly all: JournalLine[] = []
  /** Those that say who belongs, and who has which secret: few. */
  readonly rulings: JournalLine[] = []
  /** The last line of each journal, in the order of their first; a journal has one key object here. */
  readonly #ends = new Map<JournalKey, JournalLine>()

  /** The last line read of each journal: as much as has to be known of what was read. */
  get ends(): JournalLine[] {
    return [...this.#ends.values()]
  }

  /** @returns true where it is a ruling */
  add(line: JournalLine): boolean {
    const isRuling = changesRoster(line) || line.entry.kind === 'rekeyed'
    this.all.push(line)
    if (isRuling) this.rulings.push(line)
    const { index } = this.#ends.get(line.journal) ?? line
    if (line.index >= index) this.#ends.set(line.journal, line)
    return isRuling
  }
}
