// Everything that the journals of a circle say, in the order in which it was read here.

import { hex } from '../encoding/hex.ts'
import type { JournalKey, RecordingKey } from '../types/keys.ts'
import { pushTo } from './lists.ts'
import { changesRoster } from './roster.ts'
import type { JournalLine } from './roster.ts'

export class Lines {
  readonly all: JournalLine[] = []
  /** Those that say who belongs, and who has which secret: few. */
  readonly rulings: JournalLine[] = []
  /** By recording, as hex: those that say something of it. */
  readonly #annotations = new Map<string, JournalLine[]>()
  /** The last line of each journal, in the order of their first; a journal has one key object here. */
  readonly #ends = new Map<JournalKey, JournalLine>()

  /** The last line read of each journal: as much as has to be known of what was read. */
  get ends(): JournalLine[] {
    return [...this.#ends.values()]
  }

  /** Those that say something of this recording. */
  about(recording: RecordingKey): readonly JournalLine[] {
    return this.#annotations.get(hex(recording)) ?? []
  }

  /** @returns true where it is a ruling */
  add(line: JournalLine): boolean {
    const isRuling = changesRoster(line) || line.entry.kind === 'rekeyed'
    this.all.push(line)
    if (isRuling) this.rulings.push(line)
    const { entry } = line
    if (entry.kind === 'annotated') pushTo(this.#annotations, hex(entry.body.recording), line)
    const { index } = this.#ends.get(line.journal) ?? line
    if (line.index >= index) this.#ends.set(line.journal, line)
    return isRuling
  }
}
