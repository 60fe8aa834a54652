// A holder's signed statement: "I hold recording R up to length N, with tree hash H, on my disk".
// What the copy counter counts, and what gives a court independent dates.

import type { DeviceKey, RecordingKey, Signature, TreeHash } from '../../types/keys.ts'
import { bool, fixed32, fixed64, optional, struct, uint, versioned } from '../wire.ts'
import type { Codec } from '../wire.ts'

export interface ReceiptBody {
  recording: RecordingKey
  fork: number
  /** Blocks 0 .. length - 1 are all held. */
  length: number
  treeHash: TreeHash
  /** The recording's own signature over that tree, where the holder has it for exactly this length. */
  authorSignature: Signature | null
  holder: DeviceKey
  /** Holder's wall clock when its first block of this recording was on disk, ms since 1970. */
  heldSinceMs: number
  /** Holder's wall clock at signing, ms since 1970. */
  atMs: number
  /** True where the blocks were flushed to the disk itself before signing, not only to a cache. */
  flushed: boolean
}

export interface Receipt extends ReceiptBody {
  signature: Signature
}

const fields = {
  recording: fixed32,
  fork: uint,
  length: uint,
  treeHash: fixed32,
  authorSignature: optional(fixed64) as Codec<Signature | null>,
  holder: fixed32,
  heldSinceMs: uint,
  atMs: uint,
  flushed: bool
}

/** The body of the receipt signable. */
export const receiptBody = struct<ReceiptBody>(fields)

export const receipt = versioned(1, struct<Receipt>({ ...fields, signature: fixed64 }))
