// What revoked devices wrote after they were revoked: kept apart from what counts, and named. Pure.
//
// A revoked device may be in somebody else's hands, who can sign anything in its name, with any date.
// So its own word does not say when it spoke. What its revoker had read of its journal by then was said
// before. Beyond that a recording is from before where a member signed, by its own clock, that it held
// blocks of it before the revocation: what was filmed while the phone was taken must not be lost.
// Must never: decide what is kept. Nothing is ever deleted here or for this.

import b4a from 'b4a'
import { hex } from '../encoding/hex.ts'
import type { RecordingAnnounced } from '../encoding/journal/journal-entry.ts'
import type { DeviceKey, RecordingKey } from '../types/keys.ts'
import type { JournalLine, Roster } from './roster.ts'
import { Reach } from './rules/outcome/reach.ts'
import type { Cut } from './rules/outcome/reach.ts'

/** A recording told of over a link, in no journal yet. */
export interface Told {
  device: DeviceKey
  body: { recording: RecordingKey }
}

export class Aftermath {
  readonly #reach: Reach
  /** By recording, then by who calls itself its author, both as hex: that author's cut. */
  readonly #recordings = new Map<string, Map<string, Cut>>()

  constructor(roster: Roster, lines: readonly JournalLine[], told: readonly Told[] = []) {
    this.#reach = new Reach(roster.members, lines)
    if (this.isEmpty) return
    for (const { device, body } of told) this.#suspect(device, body.recording)
    const announcements = lines.filter(({ entry }) => entry.kind === 'recording-announced')
    for (const line of announcements)
      if (this.#reach.isBeyond(line)) this.#suspect(line.device, keyIn(line))
    if (this.#recordings.size === 0) return
    for (const line of announcements)
      if (!this.#reach.isBeyond(line)) this.#clear(line.device, keyIn(line))
    for (const line of lines) this.#vouch(line)
  }

  /**
   * Takes in a line more, which leaves the roster as it is.
   * @returns false where it has to be made anew from all lines
   */
  take(line: JournalLine): boolean {
    const { device, entry } = line
    if (entry.kind === 'receipts' && this.#recordings.size > 0) this.#vouch(line)
    return entry.kind !== 'recording-announced' || this.#reach.cutOf(hex(device)) === undefined
  }

  /** True where nobody who counts no longer has said anything that is kept apart: as a rule. */
  get isEmpty(): boolean {
    return this.#reach.isEndless
  }

  /** What revoked devices filmed after their revocation, as far as anybody can vouch; few, as a rule none. */
  get recordings(): RecordingKey[] {
    const held = [...this.#recordings].filter(([, authors]) => authors.size > 0)
    return held.map(([id]) => b4a.from(id, 'hex') as RecordingKey)
  }

  /** True for what a revoked device said after its revocation. */
  holds(line: JournalLine): boolean {
    if (this.isEmpty) return false // as a rule, and then nothing is decoded
    if (line.entry.kind !== 'recording-announced') return this.#reach.isBeyond(line)
    return this.holdsRecording(line.device, keyIn(line))
  }

  /** True for what a revoked device filmed after its revocation, as far as anybody can vouch. */
  holdsRecording(author: DeviceKey, recording: RecordingKey): boolean {
    if (this.#recordings.size === 0) return false
    return this.#recordings.get(hex(recording))?.has(hex(author)) ?? false
  }

  #suspect(author: DeviceKey, recording: RecordingKey): void {
    const cut = this.#reach.cutOf(hex(author))
    if (cut === undefined) return
    const authors = this.#recordings.get(hex(recording)) ?? new Map<string, Cut>()
    this.#recordings.set(hex(recording), authors.set(hex(author), cut))
  }

  /** Told in time as well: who says it again afterwards takes nothing back. */
  #clear(author: DeviceKey, recording: RecordingKey): void {
    this.#recordings.get(hex(recording))?.delete(hex(author))
  }

  /** A holder that counts had blocks of it by then. */
  #vouch(line: JournalLine): void {
    if (line.entry.kind !== 'receipts' || this.#reach.isBeyond(line)) return
    for (const { recording, holder, heldSinceMs } of line.entry.body) {
      if (!b4a.equals(holder, line.device)) continue
      const authors = this.#recordings.get(hex(recording))
      for (const [author, { atMs }] of authors ?? []) {
        if (heldSinceMs < atMs && author !== hex(holder)) authors!.delete(author)
      }
    }
  }
}

function keyIn({ entry }: JournalLine): RecordingKey {
  return (entry.body as RecordingAnnounced).recording
}
