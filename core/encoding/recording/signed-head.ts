// A length of a recording, and its key's signature for it: the proof of the alarm `write-after-seal`,
// where it is longer than the seal allows.

import type { Signature, SignerKey, TreeHash } from '../../types/keys.ts'
import { fixed32, fixed64, struct, uint, versioned } from '../wire.ts'

export interface SignedHead {
  signer: SignerKey
  length: number
  treeHash: TreeHash
  signature: Signature
}

export const signedHead = versioned(
  1,
  struct<SignedHead>({ signer: fixed32, length: uint, treeHash: fixed32, signature: fixed64 })
)
