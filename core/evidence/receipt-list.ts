// receipts.bin: a count, then each receipt in its own encoding.

import b4a from 'b4a'
import type { Receipt } from '../encoding/recording/receipt.ts'
import { receipt } from '../encoding/recording/receipt.ts'
import { bad, decode, encode, list } from '../encoding/wire.ts'
import { MAX_RECEIPTS, MAX_RECEIPT_BYTES } from './layout.ts'

const receipts = list(receipt, MAX_RECEIPTS)

export const MAX_RECEIPTS_BYTES = MAX_RECEIPTS * MAX_RECEIPT_BYTES

/** @throws TemoinError BAD_ENCODING where there are more than `MAX_RECEIPTS` */
export function encodeReceipts(values: Receipt[]): Uint8Array {
  return encode(receipts, values)
}

/**
 * Only the one encoding a writer makes is read, so that every byte of the file means something.
 * @throws TemoinError BAD_ENCODING
 */
export function decodeReceipts(bytes: Uint8Array): Receipt[] {
  const values = decode(receipts, bytes, 'list of receipts')
  if (!b4a.equals(encodeReceipts(values), bytes)) throw bad('the list is encoded in a strange way')
  return values
}
