// The one line that a device is shown after it was cut off: the very line that did it, by which it knows who did,
// when and why. The journals it stands in are closed to it by then, so it comes by itself, with the proof that
// it stands there (`journal/line-proof.ts`), and is remembered.
// Must never: take a line that says anything else than that this device is out, or one that is not proven.

import { hex } from '../encoding/hex.ts'
import type { ProvenLine } from '../encoding/journal/proven-line.ts'
import type { CircleState } from '../encoding/memory/device-state.ts'
import type { DeviceKey, EpochId } from '../types/keys.ts'
import { envelopeOf, openJournalEntry } from './journal/journal-cipher.ts'
import type { JournalCipherKey } from './journal/journal-cipher.ts'
import { isProven } from './journal/line-proof.ts'
import type { Journals } from './journal/journals.ts'
import { rosterOf } from './roster.ts'
import type { JournalLine, Roster } from './roster.ts'

export interface PartingOptions {
  state: CircleState
  self: DeviceKey
  journals: Journals
  keyOf: (epoch: EpochId) => Omit<JournalCipherKey, 'id'> | null
  /** Those of the journals, without this one. */
  rulings: () => readonly JournalLine[]
}

export class Parting {
  readonly #options: PartingOptions
  #line: JournalLine | null = null

  constructor(options: PartingOptions) {
    this.#options = options
  }

  /** The journals that are here have been read. @returns true where something was remembered */
  load(): boolean {
    const { parting } = this.#options.state
    this.#line = parting && this.#read(parting)
    return this.#line !== null
  }

  /** With what the journals say; once they say it themselves nothing is added. */
  addTo(rulings: readonly JournalLine[]): readonly JournalLine[] {
    const line = this.#line
    const isRead =
      line === null || this.#options.journals.get(hex(line.journal))!.length > line.index
    return isRead ? rulings : [...rulings, line]
  }

  /**
   * Somebody shows it; whoever it is, it is the proof that counts.
   * @returns the line, where it says that this device is out and was a member until now; else null
   */
  take(proven: ProvenLine, roster: Roster): JournalLine | null {
    const { state, self } = this.#options
    if (roster.active(self) === null) return null
    const line = this.#read(proven)
    if (line === null || !this.#cutsOff(line)) return null
    state.parting = proven
    this.#line = line
    return line
  }

  /** Weighed by the rules themselves, as if it had been read in its journal. */
  #cutsOff(line: JournalLine): boolean {
    const { state, self, rulings } = this.#options
    const { kind } = line.entry
    if (kind !== 'member-revoked' && kind !== 'seconded') return false
    return rosterOf(state.id, [...rulings(), line]).find(self)?.state === 'cut-off'
  }

  /** Null where its journal is not known here, where it is not proven, and where it does not open. */
  #read(proven: ProvenLine): JournalLine | null {
    const { journals, keyOf } = this.#options
    const { journal, index, block } = proven
    const head = journals.get(hex(journal))?.head
    if (head === undefined || !isProven(proven, head.signer)) return null
    try {
      const envelope = envelopeOf(block)
      const keys = keyOf(envelope.epoch)
      const { entry } = (keys && openJournalEntry(keys, { journal, index }, envelope)) ?? {}
      const { device, previous } = head
      return entry ? { device, journal, previous, index, entry } : null
    } catch {
      return null // no journal block, or none of this circle
    }
  }
}
