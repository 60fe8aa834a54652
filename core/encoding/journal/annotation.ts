// What a member says afterwards of a recording: a plate, a number, a unit, free text, and the moment it is
// about. Signed by the device itself, so that it can leave the circle with the film and be checked by
// somebody who has no journal. No part of what was captured, and never to be shown as such.

import type { DeviceKey, RecordingKey, Signature } from '../../types/keys.ts'
import { MAX_TEXT_BYTES } from '../../limits.ts'
import { TAG_KINDS } from '../recording/entry.ts'
import type { TagKind } from '../recording/entry.ts'
import { fixed32, fixed64, optional, struct, text, uint, versioned, word } from '../wire.ts'

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

const fields = {
  recording: fixed32,
  device: fixed32,
  filmMs: uint,
  tag: optional(word(TAG_KINDS)),
  text: text(MAX_TEXT_BYTES),
  atMs: uint
}

/** The body of the annotation signable. */
export const annotationBody = struct<AnnotationBody>(fields)

export const annotation = versioned(1, struct<Annotation>({ ...fields, signature: fixed64 }))
