// What a package is made from: one recording as its holder has it. Plain data and a way to read
// blocks, so that the writer needs neither a store nor a network.

import type { RecordingKey, Signature, SignerKey } from '../../types/keys.ts'
import type { Annotation } from '../../encoding/journal/annotation.ts'
import type { Receipt } from '../../encoding/recording/receipt.ts'
import type { RecordingReader } from '../../recording/reader.ts'

/** One part of a film. A film that rotated, or went on after a crash, has several. */
export interface PackageSource {
  key: RecordingKey
  signer: SignerKey
  /** Blocks 0 .. length - 1 are all here. */
  length: number
  fork: number
  /** The recording's own signature over its tree of exactly `length` blocks. 64 bytes. */
  signature: Signature
  /** Block `index` as it travelled, that is sealed. */
  block(index: number): Promise<Uint8Array>
  /** Opens the blocks. It stays the caller's, who wipes it. */
  reader: RecordingReader
  /** Receipts for this recording, in any order. */
  receipts: Receipt[]
  /** What was said of this recording afterwards, in any order. @default nothing */
  annotations?: readonly Annotation[]
  /** What the exporter calls the author: hearsay, and shown as such. */
  authorName?: string
}
