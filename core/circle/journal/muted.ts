// Entries of one journal of which only the outline could be read, until the key for their words comes, if
// it ever does: a relay that becomes something else learns then what people are called.

import type { JournalEntry } from '../../encoding/journal/journal-entry.ts'
import { hex } from '../../encoding/hex.ts'
import type { EpochId } from '../../types/keys.ts'
import { pushTo } from '../lists.ts'
import type { JournalLine } from '../roster.ts'

export class Muted {
  /** By epoch, as hex. */
  readonly #indexes = new Map<string, number[]>()
  /** What was told of them; nothing of those whose outline says nothing. */
  readonly #lines = new Map<number, JournalLine>()

  add(epoch: EpochId, index: number, line: JournalLine | null): void {
    pushTo(this.#indexes, hex(epoch), index)
    if (line !== null) this.#lines.set(index, line)
  }

  /** The indexes of an epoch's, to be read anew. */
  take(epoch: EpochId): number[] {
    const indexes = this.#indexes.get(hex(epoch)) ?? []
    this.#indexes.delete(hex(epoch))
    return indexes
  }

  /** The line as it was told, with its words; null where nothing was told. */
  complete(index: number, { body }: JournalEntry): JournalLine | null {
    const line = this.#lines.get(index) ?? null
    this.#lines.delete(index)
    if (line !== null) Object.assign(line.entry.body, body)
    return line
  }
}
