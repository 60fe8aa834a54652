// What somebody says of a film afterwards, as a journal has it.

import b4a from 'b4a'
import { annotatedEntry } from '../../core/circle/annotations.ts'
import type { NoteOpener } from '../../core/circle/annotations.ts'
import type { AnnotationBody } from '../../core/encoding/journal/annotation.ts'
import type { JournalEntry } from '../../core/encoding/journal/journal-entry.ts'
import type { DeviceKeys } from '../../core/identity/device-keys.ts'
import { signAnnotation } from '../../core/identity/annotations.ts'
import { noteKeyOf, noteKeysOf, openNote } from '../../core/recording/note-box.ts'
import type { ChainKey, RecordingKey } from '../../core/types/keys.ts'

export const SAID_AT_MS = 1_790_000_000_000

/** A number read off a uniform, 1.5 s into the film. */
export function remark(
  keys: DeviceKeys,
  recording: RecordingKey,
  changes: Partial<AnnotationBody> = {}
) {
  const said = { tag: 'badge' as const, text: 'RIO 1234567', filmMs: 1500, atMs: SAID_AT_MS }
  return signAnnotation(keys, { recording, ...said, ...changes })
}

/** Of a film whose first chain key is its own key, so that any test can open what is said of it. */
export function annotated(...given: Parameters<typeof remark>): JournalEntry {
  return annotatedEntry(noteKeyOf(firstKeyOf(given[1])), remark(...given))
}

export function openerOf(recording: RecordingKey): NoteOpener {
  const keys = noteKeysOf(firstKeyOf(recording))
  return { openNotes: (sealed) => sealed.map((one) => openNote(keys, one)) }
}

function firstKeyOf(recording: RecordingKey): ChainKey {
  return b4a.from(recording)
}
