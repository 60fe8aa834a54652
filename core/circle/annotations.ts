// What the members of a circle have said of a recording afterwards, as far as it counts. Pure: a function of
// what all journals say. Anybody who is no relay may say something; what a device said after it was cut
// off is told apart, and what nobody vouches for is left out.
// Must never: give more of one member than `MAX_ANNOTATIONS` of a recording, whatever it writes.

import b4a from 'b4a'
import type { Annotation } from '../encoding/journal/annotation.ts'
import { hex } from '../encoding/hex.ts'
import { isGenuineAnnotation } from '../identity/annotations.ts'
import { MAX_ANNOTATIONS } from '../limits.ts'
import type { DeviceKey } from '../types/keys.ts'
import type { Aftermath } from './aftermath.ts'
import type { JournalLine, Roster } from './roster.ts'
import { canRead } from './roster.ts'

export interface Annotated {
  annotation: Annotation
  /** Said by a device after it was cut off: no member's word. */
  afterRevocation: boolean
}

/**
 * Those of one recording, by the moment they are about; those of one moment by their own date.
 * @param lines all that say something of it, in the order they came
 */
export function annotationsIn(
  lines: readonly JournalLine[],
  roster: Roster,
  aftermath: Aftermath
): Annotated[] {
  const found: Annotated[] = []
  for (const line of withoutFloods(lines)) {
    const annotation = genuineIn(line)
    if (annotation === null || !mayAnnotate(roster, line.device)) continue
    found.push({ annotation, afterRevocation: aftermath.holds(line) })
  }
  return found.sort(byMoment)
}

/** Counted before they are looked at: forged ones take the place of good ones of whoever wrote them. */
function withoutFloods(lines: readonly JournalLine[]): JournalLine[] {
  const counts = new Map<string, number>()
  return lines.filter(({ device }) => {
    const count = 1 + (counts.get(hex(device)) ?? 0)
    counts.set(hex(device), count)
    return count <= MAX_ANNOTATIONS
  })
}

/** Members of today and of before; not who was let in by one that was cut off, and by nobody else. */
function mayAnnotate(roster: Roster, device: DeviceKey): boolean {
  const member = roster.find(device)
  return member !== null && member.state !== 'unconfirmed' && canRead(member.role)
}

/** In a device's journal stands only what it says itself. */
function genuineIn({ device, entry }: JournalLine): Annotation | null {
  if (entry.kind !== 'annotated' || !b4a.equals(entry.body.device, device)) return null
  return isGenuineAnnotation(entry.body) ? entry.body : null
}

function byMoment({ annotation: a }: Annotated, { annotation: b }: Annotated): number {
  return a.filmMs - b.filmMs || a.atMs - b.atMs || b4a.compare(a.signature, b.signature)
}
