// What members said of a part afterwards: signed by whom it names, about this recording, and told as what it
// is. Must never: let it be taken for something that was captured.

import b4a from 'b4a'
import type { Annotation } from '../../../encoding/journal/annotation.ts'
import { hex } from '../../../encoding/hex.ts'
import { isGenuineAnnotation } from '../../../identity/annotations.ts'
import type { RecordingKey } from '../../../types/keys.ts'
import {
  annotationsInOrder,
  decodeAnnotations,
  MAX_ANNOTATIONS_BYTES
} from '../../annotation-list.ts'
import { annotationFiles } from '../../layout.ts'
import { annotationLine, annotationsHeading } from '../../text/annotation-lines.ts'
import { count, isoTime, keyText } from '../../text/printable.ts'
import type { OpenedPackage } from '../opened-package.ts'
import { compareText } from './compare-text.ts'

/** @returns those that check; none where the part has no such file */
export async function checkAnnotations(
  opened: OpenedPackage,
  part: number,
  key: RecordingKey
): Promise<Annotation[]> {
  const { binary, text } = annotationFiles(part)
  if (!opened.has(binary)) return []
  const all = await readList(opened, part)
  if (all === null) return []
  const good = all.filter((annotation, i) => isGood(opened, { part, key, position: i }, annotation))
  if (good.length === all.length) {
    opened.reasons.vouched.add(binary)
    const sorted = annotationsInOrder(all)
    await compareText(opened, part, text, [
      annotationsHeading(sorted),
      ...sorted.map(annotationLine)
    ])
  }
  if (good.length > 0) sayThatThereAre(opened, part, good)
  return annotationsInOrder(good)
}

/** Null where it cannot be read, or is a list of nothing, which no writer makes. */
async function readList(opened: OpenedPackage, part: number): Promise<Annotation[] | null> {
  const file = annotationFiles(part).binary
  const bytes = await opened.whole(file, MAX_ANNOTATIONS_BYTES)
  try {
    const all = bytes === null ? [] : decodeAnnotations(bytes)
    if (all.length > 0) return all
  } catch (err: any) {
    if (err.code !== 'BAD_ENCODING') throw err
  }
  const message = `${file} is damaged: its annotations cannot be read`
  opened.reasons.fail('FILE_DAMAGED', message, { file, part })
  return null
}

function isGood(
  opened: OpenedPackage,
  { part, key, position }: { part: number; key: RecordingKey; position: number },
  annotation: Annotation
): boolean {
  const isAbout = b4a.equals(annotation.recording, key)
  if (isAbout && isGenuineAnnotation(annotation)) return true
  const file = annotationFiles(part).binary
  const { device, atMs, filmMs } = annotation
  const who = `Annotation ${position + 1}, of device ${keyText(device)} at ${isoTime(atMs)}`
  const what = isAbout
    ? 'not signed by that device, or changed since'
    : `it is about recording ${keyText(annotation.recording)}, not this one`
  const place = { file, part, seconds: filmMs / 1000 }
  opened.reasons.fail('ANNOTATION_INVALID', `${who}: ${what} (${file})`, place)
  return false
}

function sayThatThereAre(opened: OpenedPackage, part: number, good: Annotation[]): void {
  const file = annotationFiles(part).text
  const devices = new Set(good.map(({ device }) => hex(device))).size
  const what = `${count(good.length, 'annotation')} of ${count(devices, 'device')}`
  const message = `${what} came to part ${part} afterwards: no part of what was captured, and nobody but who says it vouches for it`
  opened.reasons.find('ANNOTATED_AFTERWARDS', message, { file, part })
}
