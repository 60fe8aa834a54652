// The device's own signature on what it says of a recording afterwards.

import { annotationBody } from '../encoding/journal/annotation.ts'
import type { Annotation, AnnotationBody } from '../encoding/journal/annotation.ts'
import { LABELS } from '../encoding/signable.ts'
import { decode, encode } from '../encoding/wire.ts'
import type { DeviceKeys } from './device-keys.ts'
import { verifyStatement } from './device-keys.ts'

/** @throws TemoinError BAD_ENCODING where a field breaks its limit */
export function signAnnotation(keys: DeviceKeys, said: Omit<AnnotationBody, 'device'>): Annotation {
  const bytes = encode(annotationBody, { ...said, device: keys.device })
  const body = decode(annotationBody, bytes, 'annotation') // as everybody else will read it
  return { ...body, signature: keys.sign(LABELS.annotation, bytes) }
}

/** True where the device that it names has said exactly that. Never throws on bad evidence. */
export function isGenuineAnnotation(annotation: Annotation): boolean {
  const { signature, device } = annotation
  return verifyStatement(LABELS.annotation, encode(annotationBody, annotation), signature, device)
}
