// What the members of a circle have said of a recording afterwards, as far as it counts. Pure: a function of
// what all journals say, and of what opens it: it is sealed to those who can open the film. Anybody who is no
// relay may say something; what a device said after it was cut off is told apart, and what nobody vouches for
// is left out.
// Must never: give more of one member than `MAX_ANNOTATIONS` of a recording, whatever it writes.

import b4a from 'b4a'
import { annotation, byMoment } from '../encoding/journal/annotation.ts'
import type { Annotation } from '../encoding/journal/annotation.ts'
import type { JournalEntry } from '../encoding/journal/journal-entry.ts'
import { hex } from '../encoding/hex.ts'
import { decode, encode } from '../encoding/wire.ts'
import { isGenuineAnnotation } from '../identity/annotations.ts'
import { MAX_ANNOTATIONS } from '../limits.ts'
import { sealNote } from '../recording/note-box.ts'
import type { RecordingReader } from '../recording/reader.ts'
import type { DeviceKey } from '../types/keys.ts'
import type { Aftermath } from './aftermath.ts'
import type { JournalLine, Roster } from './roster.ts'
import { canRead } from './roster.ts'

type Annotating = Extract<JournalEntry, { kind: 'annotated' }>

export interface Annotated {
  annotation: Annotation
  /** Said by a device after it was cut off: no member's word. */
  afterRevocation: boolean
}

/** What opens the notes about one recording, each or null; a reader of it has that. */
export type NoteOpener = Pick<RecordingReader, 'openNotes'>

/** As whoever says it has it said, sealed to those who can open the film. */
export function annotatedEntry(noteKey: Uint8Array, said: Annotation): Annotating {
  const sealed = sealNote(noteKey, encode(annotation, said))
  return { kind: 'annotated', body: { recording: said.recording, sealed } }
}

/**
 * Those of one recording, by the moment they are about; those of one moment by their own date.
 * @param lines all that say something of it, in the order they came
 */
export function annotationsIn(
  lines: readonly JournalLine[],
  roster: Roster,
  aftermath: Aftermath,
  opener: NoteOpener
): Annotated[] {
  const weighed = withoutFloods(lines).filter(({ device }) => mayAnnotate(roster, device))
  const notes = opener.openNotes(weighed.map(sealedIn))
  const found = weighed.flatMap((line, i) => {
    const annotation = genuineIn(line, notes[i] ?? null)
    return annotation === null ? [] : [{ annotation, afterRevocation: aftermath.holds(line) }]
  })
  return found.sort((a, b) => byMoment(a.annotation, b.annotation))
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

function sealedIn({ entry }: JournalLine): Uint8Array {
  return (entry as Annotating).body.sealed
}

/** In a device's journal stands only what it says itself, and under a film what is said of that one. */
function genuineIn({ device, entry }: JournalLine, note: Uint8Array | null): Annotation | null {
  const said = note && decoded(note)
  if (said === null || !b4a.equals(said.device, device)) return null
  const { recording } = (entry as Annotating).body
  return b4a.equals(said.recording, recording) && isGenuineAnnotation(said) ? said : null
}

function decoded(note: Uint8Array): Annotation | null {
  try {
    return decode(annotation, note, 'annotation')
  } catch {
    return null
  }
}
