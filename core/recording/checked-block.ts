// A block that was signed or checked in this process, with what that took: whoever writes it need not do
// that again. A copy of one with anything changed is none.
// Must never: be made but by whoever has just signed, or checked, exactly this block at this place.

import type { RecordingKey, Signature, TreeHash } from '../types/keys.ts'
import type { SignedBlock } from './writer.ts'

export class CheckedBlock implements SignedBlock {
  readonly recording: RecordingKey
  readonly index: number
  readonly value: Uint8Array
  readonly signature: Signature
  /** Its own hash in the tree. 32 bytes. */
  readonly leaf: Uint8Array
  /** Of the tree that ends with it, which is what the signature is for. */
  readonly treeHash: TreeHash

  constructor(
    recording: RecordingKey,
    { index, value, signature }: SignedBlock,
    { leaf, treeHash }: { leaf: Uint8Array; treeHash: TreeHash }
  ) {
    this.recording = recording
    this.index = index
    this.value = value
    this.signature = signature
    this.leaf = leaf
    this.treeHash = treeHash
  }
}
