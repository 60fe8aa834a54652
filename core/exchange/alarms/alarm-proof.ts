// Whether the proof in an alarm shows what the alarm says, so that nobody need believe who says it.
// Pure: bytes and what is known of the recording in, yes or no out.

import b4a from 'b4a'
import { coreKey } from '../../encoding/core-key.ts'
import type { Alarm } from '../../encoding/journal-entry.ts'
import { receipt } from '../../encoding/receipt.ts'
import { rivalProof } from '../../encoding/rival-proof.ts'
import { signedHead } from '../../encoding/signed-head.ts'
import { decode } from '../../encoding/wire.ts'
import { isRivalProof, isSignedHead } from '../../recording/rival.ts'
import { hasAuthorSignature, isSignedReceipt } from '../../replica/receipts/receipts.ts'
import type { SignerKey } from '../../types/keys.ts'

export interface ProofContext {
  /** Who signs the recording; null where it is not known here. */
  signer: SignerKey | null
  /** Blocks of the recording up to its seal; null where none is known. */
  end: number | null
  /** True for the key of a member's journal. */
  isJournal: (core: Uint8Array) => boolean
}

/** False for alarms that have nothing to show but the word of who says them. */
export function isProven(alarm: Alarm, context: ProofContext): boolean {
  try {
    return alarm.proof.byteLength > 0 && shows(alarm, context)
  } catch {
    return false // no proof of that kind
  }
}

function shows(alarm: Alarm, context: ProofContext): boolean {
  const { alarm: kind, recording, proof } = alarm
  if (kind === 'rival-history') {
    const rival = decode(rivalProof, proof, 'proof of a rival history')
    const core = coreKey(rival.signer)
    if (recording === null && !context.isJournal(core)) return false
    return isRivalProof(rival, recording ?? core)
  }
  if (kind === 'write-after-seal' && recording !== null) {
    const head = decode(signedHead, proof, 'signed head')
    return context.end !== null && head.length > context.end && isSignedHead(head, recording)
  }
  return kind === 'false-holding' && showsFalseHolding(alarm, context)
}

/** Signed for with a signature that its author never made. */
function showsFalseHolding({ recording, device, proof }: Alarm, { signer }: ProofContext): boolean {
  const signed = decode(receipt, proof, 'receipt')
  if (recording === null || signer === null || signed.authorSignature === null) return false
  if (!b4a.equals(signed.holder, device) || !b4a.equals(signed.recording, recording)) return false
  return isSignedReceipt(signed) && !hasAuthorSignature(signed, signer)
}
