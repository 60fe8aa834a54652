// What verification says, as plain data: keys as z32 text, times as ISO text, no bytes.
// Persisted in people's files and scripts: codes are added, never renamed.

/** A failure says the package is not what it claims; a finding says what a reader must know. */
export type Severity = 'failure' | 'finding'

export type ReasonCode =
  // the folder
  | 'NOT_A_PACKAGE'
  | 'FORMAT_UNKNOWN'
  | 'TOO_MANY_FILES'
  | 'FILE_MISSING'
  | 'FILE_UNEXPECTED'
  | 'FILE_NOT_REGULAR'
  | 'FILE_DAMAGED'
  | 'FILE_CHANGED'
  | 'SUMS_DAMAGED'
  | 'SUMS_WRONG'
  | 'TEXT_UNKNOWN'
  | 'TEXT_DIFFERS'
  // the log
  | 'SIGNER_DIFFERS'
  | 'HEAD_CHANGED'
  | 'OTHER_RECORDING'
  | 'SIGNATURE_INVALID'
  | 'FORKED'
  | 'BLOCK_COUNT'
  | 'SIZES_MISMATCH'
  | 'TREE_MISMATCH'
  | 'CHAIN_KEY_WRONG'
  | 'BLOCK_DAMAGED'
  | 'BLOCK_MISSING'
  | 'BLOCK_ADDED'
  | 'BLOCKS_SWAPPED'
  | 'ENTRY_UNREADABLE'
  // what the log says
  | 'ATTESTATION_INVALID'
  | 'CHECKPOINT_MISMATCH'
  | 'MEDIA_DIFFERS'
  | 'SEAL_MISMATCH'
  | 'BLOCKS_AFTER_SEAL'
  | 'NO_SEAL'
  | 'ENDED_EARLY'
  | 'GAP'
  | 'CLOCK_MOVED'
  // receipts
  | 'NO_RECEIPTS'
  | 'RECEIPT_INVALID'
  | 'RECEIPT_OTHER_RECORDING'
  | 'RECEIPT_OTHER_TREE'
  | 'RECEIPT_UNBACKED'
  | 'RIVAL_HISTORY'
  | 'TAIL_MISSING'
  | 'TAIL_WITHOUT_RECEIPT'
  // what was said afterwards
  | 'ANNOTATION_INVALID'
  | 'ANNOTATED_AFTERWARDS'
  // parts
  | 'PART_MISSING'
  | 'PART_CHAIN_BROKEN'
  | 'AUTHOR_DIFFERS'
  | 'PREVIOUS_ABSENT'
  | 'CONTINUED_ELSEWHERE'

export interface Place {
  /** A name in the package; characters that could fool a reader are escaped. */
  file: string | null
  /** Counted from 1. */
  part: number | null
  /** Block index, counted from 0. */
  block: number | null
  /** Media time, from the start of its part. */
  seconds: number | null
}

export interface Reason extends Place {
  code: ReasonCode
  severity: Severity
  /** A plain sentence; anything a stranger may have written is quoted and printable. */
  message: string
}

/** For one device: the most it signed for, and the first time it did. */
export interface ReceiptSummary {
  part: number
  device: string
  /** Blocks of that part. */
  length: number
  /** The holder's own clock. */
  at: string
}

/** Something that was said afterwards: no part of what was captured. */
export interface AnnotationVerdict {
  part: number
  /** Media time of that part that it is about. */
  seconds: number
  /** Null for free text. */
  tag: string | null
  /** As it was written, by whoever wrote it. */
  text: string
  /** Who says it, with its signature. */
  device: string
  /** Its own clock. */
  saidAt: string
}

export interface PartVerdict {
  part: number
  ok: boolean
  recording: string | null
  /** The device that vouched for this recording, or null where none provably did. */
  author: string | null
  /** The author's clock: a claim. */
  startedAt: string | null
  length: number
  seconds: number
  sealed: boolean
  /** Why it ended, by its own account, or null. */
  sealReason: string | null
  previous: string | null
  /** All receipts that check. */
  receiptCount: number
  receipts: ReceiptSummary[]
  annotations: AnnotationVerdict[]
}

export interface Verdict {
  /** True where nothing failed. Findings may remain: they are part of the answer. */
  ok: boolean
  /** Of the first part. */
  recording: string | null
  /** Of the first part. */
  author: string | null
  /** Blocks of all parts together. */
  length: number
  /** Media time of all parts together. */
  seconds: number
  /** True where the last part ends with its seal. */
  sealed: boolean
  receipts: ReceiptSummary[]
  /** Said afterwards, by the moment. Nothing here was captured. */
  annotations: AnnotationVerdict[]
  /** Failures first. */
  reasons: Reason[]
  parts: PartVerdict[]
}
