// Making and checking receipts. Pure: signing and verifying bytes, no store, no clock.

import { receiptBody } from '../../encoding/recording/receipt.ts'
import type { Receipt, ReceiptBody } from '../../encoding/recording/receipt.ts'
import { LABELS } from '../../encoding/signable.ts'
import { encode } from '../../encoding/wire.ts'
import { verifyStatement } from '../../identity/device-keys.ts'
import type { DeviceKeys } from '../../identity/device-keys.ts'
import { verifyTree } from '../../recording/log-tree.ts'
import type { SignerKey } from '../../types/keys.ts'

export function makeReceipt(keys: DeviceKeys, body: Omit<ReceiptBody, 'holder'>): Receipt {
  const whole = { ...body, holder: keys.device }
  return { ...whole, signature: keys.sign(LABELS.receipt, encode(receiptBody, whole)) }
}

/** True where the holder it names signed it. Says nothing about the tree it names. */
export function isSignedReceipt(receipt: Receipt): boolean {
  const { signature, ...body } = receipt
  return verifyStatement(LABELS.receipt, encode(receiptBody, body), signature, receipt.holder)
}

/** True where the recording's own key signed exactly the tree this receipt is for. */
export function hasAuthorSignature(receipt: Receipt, signer: SignerKey): boolean {
  const { recording, treeHash, length, fork, authorSignature } = receipt
  if (authorSignature === null) return false
  return verifyTree(recording, treeHash, length, fork, authorSignature, signer)
}
