// Whether the proof in an alarm shows what the alarm says, so that nobody need believe who says it.
// Pure: bytes and what is known of the recording in, yes or no out.

import b4a from 'b4a'
import { coreKey } from '../../encoding/core-key.ts'
import type { Alarm } from '../../encoding/journal/journal-entry.ts'
import { receipt } from '../../encoding/recording/receipt.ts'
import { rivalProof } from '../../encoding/recording/rival-proof.ts'
import { signedHead } from '../../encoding/recording/signed-head.ts'
import { decode } from '../../encoding/wire.ts'
import { isRivalProof, isSignedHead } from '../../recording/rival.ts'
import { hasAuthorSignature, isSignedReceipt } from '../../replica/receipts/receipts.ts'
import type { DeviceKey, SignerKey } from '../../types/keys.ts'

export interface ProofContext {
  /** Who signs the recording; null where it is not known here. */
  signer: SignerKey | null
  /** Whose recording, or journal, it is; null where it is not known here. */
  author: DeviceKey | null
  /** Blocks of the recording up to its seal; null where none is known. */
  end: number | null
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
  if (kind === 'false-holding') return showsFalseHolding(alarm, context)
  // signed twice, or too far, by whose it is: who only came with it is not convicted by that
  if (context.author === null || !b4a.equals(context.author, alarm.device)) return false
  if (kind === 'rival-history') {
    const rival = decode(rivalProof, proof, 'proof of a rival history')
    const core = coreKey(rival.signer)
    return isRivalProof(rival, recording ?? core)
  }
  if (kind === 'write-after-seal' && recording !== null) {
    const head = decode(signedHead, proof, 'signed head')
    return context.end !== null && head.length > context.end && isSignedHead(head, recording)
  }
  return false
}

/** Signed for with a signature that its author never made. */
function showsFalseHolding({ recording, device, proof }: Alarm, { signer }: ProofContext): boolean {
  const signed = decode(receipt, proof, 'receipt')
  if (recording === null || signer === null || signed.authorSignature === null) return false
  if (!b4a.equals(signed.holder, device) || !b4a.equals(signed.recording, recording)) return false
  return isSignedReceipt(signed) && !hasAuthorSignature(signed, signer)
}

/** Whose key a proof of a rival history is about; null where it is none. */
export function signerIn(proof: Uint8Array): SignerKey | null {
  try {
    return decode(rivalProof, proof, 'proof of a rival history').signer
  } catch {
    return null
  }
}
