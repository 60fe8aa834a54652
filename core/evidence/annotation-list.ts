// annotations/part-n.bin: a count, then each annotation in its own encoding.

import b4a from 'b4a'
import { annotation, byMoment } from '../encoding/journal/annotation.ts'
import type { Annotation } from '../encoding/journal/annotation.ts'
import { bad, decode, encode, list } from '../encoding/wire.ts'
import { MAX_ANNOTATION_BYTES, MAX_PART_ANNOTATIONS } from './layout.ts'

const annotations = list(annotation, MAX_PART_ANNOTATIONS)

export const MAX_ANNOTATIONS_BYTES = MAX_PART_ANNOTATIONS * MAX_ANNOTATION_BYTES

/** In the order packages keep them. */
export function annotationsInOrder(values: readonly Annotation[]): Annotation[] {
  return [...values].sort(byMoment)
}

/** @throws TemoinError BAD_ENCODING where there are more than `MAX_PART_ANNOTATIONS` */
export function encodeAnnotations(values: Annotation[]): Uint8Array {
  return encode(annotations, values)
}

/**
 * Only the one encoding a writer makes is read, so that every byte of the file means something.
 * @throws TemoinError BAD_ENCODING
 */
export function decodeAnnotations(bytes: Uint8Array): Annotation[] {
  const values = decode(annotations, bytes, 'list of annotations')
  if (!b4a.equals(encodeAnnotations(values), bytes)) throw bad('the list is encoded strangely')
  return values
}
