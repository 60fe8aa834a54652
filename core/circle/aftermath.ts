// What revoked devices wrote after they were revoked: kept apart from what counts, and named. Pure.
//
// A revoked device may be in somebody else's hands, who can sign anything in its name, with any date.
// So its own word does not say when it spoke. What its revoker had read of its journal by then was said
// before. Beyond that a recording is from before where a member signed, by its own clock, that it held
// blocks of it before the revocation: what was filmed while the phone was taken must not be lost.
// Must never: decide what is kept. Nothing is ever deleted here or for this.

import b4a from 'b4a'
import { hex } from '../encoding/hex.ts'
import type { MemberRevoked, RecordingAnnounced } from '../encoding/journal/journal-entry.ts'
import { MAX_SEEN } from '../limits.ts'
import type { DeviceKey, RecordingKey } from '../types/keys.ts'
import type { JournalLine, Roster } from './roster.ts'

/** Up to where a revoked device counts. */
interface Cut {
  atMs: number
  /** Entries by journal, as hex; those of journals that are not in it are all from afterwards. */
  lengths: Map<string, number>
  /** The revoker named fewer journals than it could have: it left none out. */
  isWhole: boolean
}

/** A recording told of over a link, in no journal yet. */
export interface Told {
  device: DeviceKey
  body: { recording: RecordingKey }
}

export class Aftermath {
  readonly #cuts: Map<string, Cut>
  /** By recording, then by who calls itself its author, both as hex: that author's cut. */
  readonly #recordings = new Map<string, Map<string, Cut>>()

  constructor(roster: Roster, lines: readonly JournalLine[], told: readonly Told[] = []) {
    this.#cuts = cutsOf(roster, lines)
    if (this.#cuts.size === 0) return
    for (const { device, body } of told) this.#suspect(device, body.recording)
    const announcements = lines.filter(({ entry }) => entry.kind === 'recording-announced')
    for (const line of announcements)
      if (this.#isBeyond(line)) this.#suspect(line.device, keyIn(line))
    if (this.#recordings.size === 0) return
    for (const line of announcements)
      if (!this.#isBeyond(line)) this.#clear(line.device, keyIn(line))
    for (const line of lines) this.#vouch(line)
  }

  /**
   * Takes in a line more, which leaves the roster as it is.
   * @returns false where it has to be made anew from all lines
   */
  take(line: JournalLine): boolean {
    const { device, entry } = line
    if (entry.kind === 'receipts' && this.#recordings.size > 0) this.#vouch(line)
    return entry.kind !== 'recording-announced' || !this.#cuts.has(hex(device))
  }

  /** True where nobody who counts no longer has said anything that is kept apart: as a rule. */
  get isEmpty(): boolean {
    return this.#cuts.size === 0
  }

  /** What revoked devices filmed after their revocation, as far as anybody can vouch; few, as a rule none. */
  get recordings(): RecordingKey[] {
    const held = [...this.#recordings].filter(([, authors]) => authors.size > 0)
    return held.map(([id]) => b4a.from(id, 'hex') as RecordingKey)
  }

  /** True for what a revoked device said after its revocation. */
  holds(line: JournalLine): boolean {
    if (this.isEmpty) return false // as a rule, and then nothing is decoded
    if (line.entry.kind !== 'recording-announced') return this.#isBeyond(line)
    return this.holdsRecording(line.device, keyIn(line))
  }

  /** True for what a revoked device filmed after its revocation, as far as anybody can vouch. */
  holdsRecording(author: DeviceKey, recording: RecordingKey): boolean {
    if (this.#recordings.size === 0) return false
    return this.#recordings.get(hex(recording))?.has(hex(author)) ?? false
  }

  #isBeyond({ device, journal, index }: JournalLine): boolean {
    if (this.#cuts.size === 0) return false
    const cut = this.#cuts.get(hex(device))
    if (cut === undefined) return false
    const length = cut.lengths.get(hex(journal))
    return length === undefined ? cut.isWhole : index >= length
  }

  #suspect(author: DeviceKey, recording: RecordingKey): void {
    const cut = this.#cuts.get(hex(author))
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
    if (line.entry.kind !== 'receipts' || this.#isBeyond(line)) return
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

/** For each revoked device, as hex: where several who may have revoked it, all they had read counts. */
function cutsOf(roster: Roster, lines: readonly JournalLine[]): Map<string, Cut> {
  const cuts = new Map<string, Cut>()
  if (roster.members.every(({ revoked }) => revoked === null)) return cuts
  for (const line of lines) {
    if (line.entry.kind !== 'member-revoked' || !counts(roster, line, line.entry.body)) continue
    const { device, atMs, seen } = line.entry.body
    const cut = cuts.get(hex(device)) ?? { atMs, lengths: new Map(), isWhole: true }
    cut.atMs = Math.min(cut.atMs, atMs)
    cut.isWhole &&= seen.length < MAX_SEEN
    for (const { journal, length } of seen) extend(cut, hex(journal), length)
    if (b4a.equals(line.device, device)) extend(cut, hex(line.journal), line.index + 1)
    cuts.set(hex(device), cut)
  }
  return cuts
}

function extend({ lengths }: Cut, journal: string, length: number): void {
  lengths.set(journal, Math.max(length, lengths.get(journal) ?? 0))
}

/** The revocation that the roster goes by, and those of other organisers of today. */
function counts(roster: Roster, line: JournalLine, { device, atMs }: MemberRevoked): boolean {
  const revoked = roster.find(device)?.revoked
  if (!revoked) return false
  if (b4a.equals(revoked.by, line.device) && revoked.atMs === atMs) return true
  return roster.active(line.device)?.role === 'organiser'
}
