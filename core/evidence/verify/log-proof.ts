// Reading the byte strings that tie a log to its key: what hashes to the key, and what the key's owner
// signed. Source of the layout: hypercore lib/caps.js (namespaces, treeSignable).

import b4a from 'b4a'
import crypto from 'hypercore-crypto'
import type { SignerKey } from '../../types/keys.ts'
import { manifestPreimage } from '../../encoding/core-key.ts'

const [TREE] = crypto.namespace('hypercore', 6) as [Uint8Array]

export const HEAD_BYTES = 112

/** The signer a manifest preimage ends with, or null where it is not one of ours. */
export function signerIn(preimage: Uint8Array): SignerKey | null {
  const signer = preimage.subarray(-32)
  if (signer.byteLength !== 32) return null
  return b4a.equals(manifestPreimage(signer), preimage) ? signer : null
}

export interface Head {
  key: Uint8Array
  treeHash: Uint8Array
  length: number
  fork: number
}

/** What `head.bin` says, or null where it is not what a core's signer signs. */
export function readHead(bytes: Uint8Array): Head | null {
  if (bytes.byteLength !== HEAD_BYTES || !b4a.equals(bytes.subarray(0, 32), TREE)) return null
  const view = new DataView(bytes.buffer, bytes.byteOffset, HEAD_BYTES)
  const length = Number(view.getBigUint64(96, true))
  const fork = Number(view.getBigUint64(104, true))
  if (!Number.isSafeInteger(length) || !Number.isSafeInteger(fork)) return null
  return { key: bytes.subarray(32, 64), treeHash: bytes.subarray(64, 96), length, fork }
}
