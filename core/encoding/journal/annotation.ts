// What a member says afterwards of a recording: a plate, a number, a unit, free text, and the moment it is
// about. Signed by the device itself, so that it can leave the circle with the film and be checked by
// somebody who has no journal. No part of what was captured, and never to be shown as such.

import b4a from 'b4a'
import type { DeviceKey, RecordingKey, Signature } from '../../types/keys.ts'
import { MAX_TEXT_BYTES } from '../../limits.ts'
import { TAG_KINDS } from '../recording/entry.ts'
import type { TagKind } from '../recording/entry.ts'
import { bytes, fixed32, fixed64, optional, struct, text, uint, versioned, word } from '../wire.ts'

export interface AnnotationBody {
  recording: RecordingKey
  /** Who says it. */
  device: DeviceKey
  /** The moment it is about: media time of that recording, ms. */
  filmMs: number
  /** Null for free text. */
  tag: TagKind | null
  text: string
  /** When it was said, by that device's clock, ms since 1970. */
  atMs: number
}

export interface Annotation extends AnnotationBody {
  /** By the device. */
  signature: Signature
}

/** As it stands in a journal: only whoever can open the recording reads more than what it is about. */
export interface SealedAnnotation {
  recording: RecordingKey
  /** `Annotation`, sealed with the recording's note key. */
  sealed: Uint8Array
}

/** Its numbers, keys, lengths and signature, and what sealing adds. */
const MAX_SEALED_BYTES = MAX_TEXT_BYTES + 256

const fields = {
  recording: fixed32,
  device: fixed32,
  filmMs: uint,
  tag: optional(word(TAG_KINDS)),
  text: text(MAX_TEXT_BYTES),
  atMs: uint
}

/** By the moment they are about, then by their own date, then by signature. */
export function byMoment(a: Annotation, b: Annotation): number {
  return a.filmMs - b.filmMs || a.atMs - b.atMs || b4a.compare(a.signature, b.signature)
}

/** The body of the annotation signable. */
export const annotationBody = struct<AnnotationBody>(fields)

export const annotation = versioned(1, struct<Annotation>({ ...fields, signature: fixed64 }))

export const sealedAnnotation = versioned(
  1,
  struct<SealedAnnotation>({ recording: fixed32, sealed: bytes(MAX_SEALED_BYTES) })
)
