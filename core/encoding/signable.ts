// What an Ed25519 key of ours signs: always `label LF body`, the label naming the statement and its
// version, so that a signature made for one purpose can never be shown for another.
// Persisted: never change a label; a new form gets a new label.

import b4a from 'b4a'

export const LABELS = {
  attestation: 'temoin/attestation/1',
  boxKey: 'temoin/box-key/1',
  journal: 'temoin/journal/1',
  receipt: 'temoin/receipt/1',
  annotation: 'temoin/annotation/1',
  pairChallenge: 'temoin/pair-challenge/1',
  pairAsk: 'temoin/pair-ask/1',
  pairAnswer: 'temoin/pair-answer/1'
} as const

export type Label = (typeof LABELS)[keyof typeof LABELS]

/** The exact bytes that are signed: ASCII label, one line feed, then the encoded body. */
export function signable(label: Label, body: Uint8Array): Uint8Array {
  return b4a.concat([b4a.from(label + '\n'), body])
}
