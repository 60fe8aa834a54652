// The two other texts of a part that follow from its log: key.txt and receipts.txt.
// Persisted, like entries.txt: a verifier writes them again and compares.

import b4a from 'b4a'
import { hex } from '../../encoding/hex.ts'
import type { RecordingKey } from '../../types/keys.ts'
import type { Receipt } from '../../encoding/recording/receipt.ts'
import { count, isoTime, keyText } from './printable.ts'

export function recordingKeyText(key: RecordingKey): string {
  return `z32 ${keyText(key)}\nhex ${hex(key)}\n`
}

/** A part's receipts in the order packages keep them: by length, then time, then holder. */
export function inOrder(receipts: Receipt[]): Receipt[] {
  return [...receipts].sort(
    (a, b) => a.length - b.length || a.atMs - b.atMs || b4a.compare(a.holder, b.holder)
  )
}

export function receiptsHeading(receipts: Receipt[]): string {
  const holders = new Set(receipts.map((receipt) => hex(receipt.holder)))
  return [
    'Statements of other devices: "I hold this recording up to this many blocks", signed by each',
    'with its own key and dated by its own clock. Nobody can have signed before the blocks existed.',
    '',
    `${count(receipts.length, 'receipt')} from ${count(holders.size, 'device')}`,
    ''
  ].join('\n')
}

export function receiptLine(receipt: Receipt): string {
  const { holder, length, atMs, heldSinceMs, flushed, authorSignature, fork } = receipt
  const where = flushed ? 'on disk' : 'not yet flushed to disk'
  const author = authorSignature === null ? 'without' : 'with'
  const rewritten = fork === 0 ? '' : `, fork ${fork}`
  return (
    `${isoTime(atMs)}  device ${keyText(holder)}  ${count(length, 'block')}${rewritten}, ${where}, ` +
    `held since ${isoTime(heldSinceMs)}, ${author} the author's signature, ` +
    `tree ${hex(receipt.treeHash)}\n`
  )
}
