// How far the word of a revoked device counts. Pure.
//
// A revoked device may be in somebody else's hands, who can sign anything in its name, with any date.
// So its own word does not say when it spoke: what its revoker had read of its journals by then was said
// before, and everything else after.

import { hex } from '../../../encoding/hex.ts'
import b4a from 'b4a'
import type { MemberRevoked } from '../../../encoding/journal/journal-entry.ts'
import { MAX_SEEN } from '../../../limits.ts'
import type { JournalLine } from '../said/statement.ts'
import type { Member } from './member.ts'

/** Up to where a revoked device counts. */
export interface Cut {
  atMs: number
  /** Entries by journal, as hex; those of journals that are not in it are all from afterwards. */
  lengths: Map<string, number>
  /** The revoker named fewer journals than it could have: it left none out. */
  isWhole: boolean
}

export class Reach {
  /** By device, as hex. */
  readonly #cuts: Map<string, Cut>

  /** @param lines those that say who belongs, and any others */
  constructor(members: readonly Member[], lines: readonly JournalLine[]) {
    this.#cuts = cutsOf(members, lines)
  }

  /** True where everybody's word counts: as a rule. */
  get isEndless(): boolean {
    return this.#cuts.size === 0
  }

  /** @param device as hex; undefined where all that it says counts */
  cutOf(device: string): Cut | undefined {
    return this.#cuts.get(device)
  }

  /** True for what a revoked device said after its revocation, as far as its revoker can tell. */
  isBeyond({ device, journal, index }: JournalLine): boolean {
    if (this.isEndless) return false // as a rule, and then nothing is looked up
    const cut = this.#cuts.get(hex(device))
    if (cut === undefined) return false
    const length = cut.lengths.get(hex(journal))
    return length === undefined ? cut.isWhole : index >= length
  }
}

/** Where several who may have revoked a device, all they had read counts. */
function cutsOf(members: readonly Member[], lines: readonly JournalLine[]): Map<string, Cut> {
  const cuts = new Map<string, Cut>()
  if (members.every(({ revoked }) => revoked === null)) return cuts
  const byDevice = new Map(members.map((member) => [hex(member.device), member]))
  for (const line of lines) {
    if (line.entry.kind !== 'member-revoked' || !counts(byDevice, line, line.entry.body)) continue
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
function counts(
  members: ReadonlyMap<string, Member>,
  line: JournalLine,
  { device, atMs }: MemberRevoked
): boolean {
  const revoked = members.get(hex(device))?.revoked
  if (!revoked) return false
  if (b4a.equals(revoked.by, line.device) && revoked.atMs === atMs) return true
  const author = members.get(hex(line.device))
  return author?.state === 'active' && author.role === 'organiser'
}
