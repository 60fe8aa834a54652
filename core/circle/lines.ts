// Everything that the journals of a circle say, in the order in which it was read here.

import { hex } from '../encoding/hex.ts'
import type { JournalKey, RecordingKey } from '../types/keys.ts'
import { pushTo } from './lists.ts'
import { changesRoster, isNaming } from './roster.ts'
import type { JournalLine } from './roster.ts'
import { KeptNames } from './rules/said/kept-names.ts'

export class Lines {
  /** But for what devices say they are called. */
  readonly all: JournalLine[] = []
  /** Those that say who belongs, and who has which secret: few. */
  readonly rulings: JournalLine[] = []
  /** By recording, as hex: those that say something of it. */
  readonly #annotations = new Map<string, JournalLine[]>()
  readonly #names = new KeptNames()
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

  /** Those that say what their device is called, as far as they are kept; in the order of each journal. */
  get names(): JournalLine[] {
    return this.#names.lines
  }

  /** @returns what may follow from it: another ruling, or another name */
  add(line: JournalLine): 'ruling' | 'name' | null {
    const isFirst = this.#endWith(line)
    if (isNaming(line)) return this.#names.add(line) ? 'name' : null
    const isRuling = changesRoster(line) || line.entry.kind === 'rekeyed'
    this.all.push(line)
    if (isRuling) this.rulings.push(line)
    const { entry } = line
    if (entry.kind === 'annotated') pushTo(this.#annotations, hex(entry.body.recording), line)
    if (isRuling) return 'ruling'
    return isFirst && this.#names.has(line.device) ? 'name' : null // it may stand between two that name it
  }

  /** @returns true for the first that comes of its journal */
  #endWith(line: JournalLine): boolean {
    const last = this.#ends.get(line.journal)
    if (line.index >= (last ?? line).index) this.#ends.set(line.journal, line)
    return last === undefined
  }
}
