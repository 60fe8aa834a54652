// What somebody says of a film afterwards, as a journal has it.

import type { AnnotationBody } from '../../core/encoding/journal/annotation.ts'
import type { JournalEntry } from '../../core/encoding/journal/journal-entry.ts'
import type { DeviceKeys } from '../../core/identity/device-keys.ts'
import { signAnnotation } from '../../core/identity/annotations.ts'
import type { RecordingKey } from '../../core/types/keys.ts'

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

export function annotated(...given: Parameters<typeof remark>): JournalEntry {
  return { kind: 'annotated', body: remark(...given) }
}
