// What other devices signed for, held against the log: same recording, same blocks, not more of them.
// Pure: receipts, tree hashes and the recording's keys in, reasons out.

import b4a from 'b4a'
import type { DeviceKey, RecordingKey, SignerKey } from '../../../types/keys.ts'
import { receiptBody } from '../../../encoding/recording/receipt.ts'
import type { Receipt } from '../../../encoding/recording/receipt.ts'
import { LABELS } from '../../../encoding/signable.ts'
import { encode } from '../../../encoding/wire.ts'
import { verifyStatement } from '../../../identity/device-keys.ts'
import { verifyTree } from '../../../recording/log-tree.ts'
import { partFiles } from '../../layout.ts'
import type { Reasons } from '../reasons.ts'
import { count, isoTime, keyText } from '../../text/printable.ts'
import type { ReasonCode } from '../verdict.ts'

export interface ReceiptContext {
  part: number
  key: RecordingKey
  signer: SignerKey
  /** Whose own receipts say nothing; null where not known. */
  author: DeviceKey | null
  /** Blocks in the package. */
  length: number
  /** True where the author signed exactly the blocks in the package. */
  signed: boolean
  /** Tree hash over the first so many blocks, for every length a receipt names. */
  hashAt: (length: number) => Uint8Array | null
  /** Media time of the first so many blocks. */
  secondsAt: (length: number) => number
}

/** @returns the receipts that check, in the order given */
export function checkReceipts(
  receipts: Receipt[],
  context: ReceiptContext,
  reasons: Reasons
): Receipt[] {
  const good = receipts.filter((receipt, i) => checkOne(receipt, i, context, reasons))
  const others = good.filter(
    (receipt) => context.author === null || !b4a.equals(receipt.holder, context.author)
  )
  if (others.length === 0) sayNone(context, reasons)
  else sayReach(others, context, reasons)
  sayUnbacked(good, context, reasons)
  return good
}

function checkOne(
  receipt: Receipt,
  position: number,
  context: ReceiptContext,
  reasons: Reasons
): boolean {
  const wrong = whatIsWrong(receipt, context)
  if (wrong === null) return true
  const { part, secondsAt } = context
  const file = partFiles(part).receipts
  const who = `Receipt ${position + 1}, of device ${keyText(receipt.holder)} at ${isoTime(receipt.atMs)}`
  const place = { file, part, block: receipt.length, seconds: secondsAt(receipt.length) }
  reasons.fail(wrong[0], `${who}: ${wrong[1]} (${file})`, place)
  return false
}

function whatIsWrong(receipt: Receipt, context: ReceiptContext): [ReasonCode, string] | null {
  const { key, length } = context
  const body = encode(receiptBody, receipt)
  if (!verifyStatement(LABELS.receipt, body, receipt.signature, receipt.holder)) {
    return ['RECEIPT_INVALID', 'not signed by that device, or changed since']
  }
  if (!b4a.equals(receipt.recording, key)) {
    return [
      'RECEIPT_OTHER_RECORDING',
      `it is for recording ${keyText(receipt.recording)}, not this one`
    ]
  }
  const backed = isBacked(receipt, context)
  if (backed === false) {
    return ['RECEIPT_INVALID', "the author's signature in it is not over what it says"]
  }
  if (receipt.fork !== 0) {
    return ['RIVAL_HISTORY', `it is for a rewritten log (fork ${receipt.fork})${proof(backed)}`]
  }
  if (receipt.length > length) return ['TAIL_MISSING', tail(receipt, length) + proof(backed)]
  return checkHash(receipt, context, backed)
}

function checkHash(
  receipt: Receipt,
  context: ReceiptContext,
  backed: boolean | null
): [ReasonCode, string] | null {
  const hash = context.hashAt(receipt.length)
  if (hash !== null && b4a.equals(hash, receipt.treeHash)) return null
  const blocks = `the first ${count(receipt.length, 'block')}`
  if (backed && context.signed) {
    const why = `${blocks} it holds are others than here, and this recording's key signed both: there are two histories`
    return ['RIVAL_HISTORY', why]
  }
  return ['RECEIPT_OTHER_TREE', `${blocks} it holds are not those in this package${proof(backed)}`]
}

/** Whether the recording's key signed what the receipt is for; null where it does not say. */
function isBacked(receipt: Receipt, { key, signer }: ReceiptContext): boolean | null {
  const { treeHash, length, fork, authorSignature } = receipt
  if (authorSignature === null) return null
  return verifyTree(key, treeHash, length, fork, authorSignature, signer)
}

function tail(receipt: Receipt, length: number): string {
  const missing = count(receipt.length - length, 'block')
  return `it holds ${count(receipt.length, 'block')}, this package has ${length}: ${missing} missing at the end`
}

function proof(backed: boolean | null): string {
  return backed ? ", with the author's signature to show for it" : ', by its word alone'
}

function sayNone({ part }: ReceiptContext, reasons: Reasons): void {
  const file = partFiles(part).receipts
  const message = `No receipt of another device: nothing but the author's own clock says when part ${part} was filmed`
  reasons.find('NO_RECEIPTS', message, { file, part })
}

function sayReach(receipts: Receipt[], context: ReceiptContext, reasons: Reasons): void {
  const { part, length, secondsAt } = context
  const reach = receipts.reduce((most, receipt) => Math.max(most, receipt.length), 0)
  if (reach === length) return
  const seconds = (secondsAt(length) - secondsAt(reach)).toFixed(1)
  const message = `The last ${count(length - reach, 'block')} of part ${part}, ${seconds} s, are named by no receipt`
  const place = { file: partFiles(part).receipts, part, block: reach, seconds: secondsAt(reach) }
  reasons.find('TAIL_WITHOUT_RECEIPT', message, place)
}

function sayUnbacked(receipts: Receipt[], { part }: ReceiptContext, reasons: Reasons): void {
  const bare = receipts.filter((receipt) => receipt.authorSignature === null).length
  if (bare === 0) return
  const file = partFiles(part).receipts
  const message = `${bare} of ${count(receipts.length, 'receipt')} in part ${part} came without the author's signature; they fit the log all the same`
  reasons.find('RECEIPT_UNBACKED', message, { file, part })
}
