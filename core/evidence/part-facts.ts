// What is known of one part once its log has been read: told by the writer to the README, found
// again by the verifier, and the same on both sides or something is wrong.

import type { CircleId, DeviceKey, RecordingKey } from '../types/keys.ts'
import type { Seal } from '../encoding/recording/entry.ts'
import type { PrivateHeader, PublicHeader } from '../encoding/recording/header.ts'
import type { Annotation } from '../encoding/journal/annotation.ts'
import type { Receipt } from '../encoding/recording/receipt.ts'
import type { Timeline } from '../recording/timeline.ts'

export interface PartFacts {
  /** Counted from 1. */
  part: number
  key: RecordingKey
  author: DeviceKey
  circle: CircleId
  /** The author's clock, ms since 1970: a claim. */
  startedAtMs: number
  previous: RecordingKey | null
  mime: string
  /** Blocks. */
  length: number
  /** Media time. */
  seconds: number
  seal: Seal | null
  receipts: Receipt[]
  /** Said afterwards. */
  annotations: Annotation[]
}

export function factsOf(
  part: number,
  key: RecordingKey,
  headers: { open: PublicHeader; secret: PrivateHeader },
  timeline: Timeline,
  beside: Pick<PartFacts, 'receipts' | 'annotations'>
): PartFacts {
  const { open, secret } = headers
  return {
    part,
    key,
    author: secret.device,
    circle: secret.circle,
    startedAtMs: open.startedAtMs,
    previous: open.previous,
    mime: secret.mime,
    length: timeline.length,
    seconds: timeline.secondsAt(timeline.length),
    seal: timeline.seal,
    ...beside
  }
}
