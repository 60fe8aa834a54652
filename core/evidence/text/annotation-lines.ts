// annotations/part-n.txt: what was said of a film afterwards, one line each, for people.
// Persisted, like receipts.txt: a verifier writes it again and compares.
// Must never: let what was said afterwards be taken for something that was captured.

import type { Annotation } from '../../encoding/journal/annotation.ts'
import { hex } from '../../encoding/hex.ts'
import { clock, count, isoTime, keyText, quoted } from './printable.ts'

export function annotationsHeading(annotations: readonly Annotation[]): string {
  const devices = new Set(annotations.map(({ device }) => hex(device)))
  return [
    'NOT PART OF THE FILM. What people said of it afterwards: each line is signed by the device that',
    'says it, with its own key, and dated by its own clock. Nobody else vouches for it.',
    '',
    `${count(annotations.length, 'annotation')} from ${count(devices.size, 'device')}`,
    ''
  ].join('\n')
}

export function annotationLine({ filmMs, tag, text, device, atMs }: Annotation): string {
  const about = `at ${clock(filmMs / 1000)} of the part`
  const who = `device ${keyText(device)} said on ${isoTime(atMs)}`
  return `${about}, ${who}: ${tag ?? 'note'} ${quoted(text)}\n`
}
