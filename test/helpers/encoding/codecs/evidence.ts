// What proves who held what, and who wrote two histories.

import { receipt, receiptBody } from '../../../../core/encoding/recording/receipt.ts'
import { rivalProof } from '../../../../core/encoding/recording/rival-proof.ts'
import { safeList } from '../../../../core/encoding/memory/safe-list.ts'
import { signedHead } from '../../../../core/encoding/recording/signed-head.ts'
import { stillHeld } from '../../../../core/encoding/recording/still-held.ts'
import { fill, of } from './coded.ts'
import type { Coded } from './coded.ts'
import { bareStatement, held, statement } from './values.ts'

const signedAlone = { treeHash: fill(103), roots: [], more: [], signature: fill(104, 64) }
const longerTree = {
  treeHash: null,
  roots: [{ index: 3, size: 4000, hash: fill(105) }],
  more: [{ index: 8, size: 1000, hash: fill(106) }],
  signature: fill(107, 64)
}
const rival = { signer: fill(108), length: 4, ours: signedAlone, theirs: signedAlone }

export const EVIDENCE: Coded[] = [
  of('receiptBody', receiptBody, statement, bareStatement),
  of('receipt', receipt, held),
  of('rivalProof', rivalProof, rival, { ...rival, theirs: longerTree }),
  of('signedHead', signedHead, {
    signer: fill(100),
    length: 241,
    treeHash: fill(101),
    signature: fill(102, 64)
  }),
  of('stillHeld', stillHeld, { length: 0 }, { length: 241 }),
  of(
    'safeList',
    safeList,
    [],
    [
      { recording: fill(103), length: 241 },
      { recording: fill(104), length: 0 }
    ]
  )
]
