// What verification found, as the few things people can understand of it. Each code of the verdict
// (core/evidence/verify/verdict.ts) belongs to one of them; the engine's own sentence stays beside it.
// Pure.

import type { VerdictState } from '../../../core/api/contract.ts'

export type Finding =
  | 'changed'
  | 'author'
  | 'rival'
  | 'receipt'
  | 'unbacked'
  | 'parts'
  | 'noSeal'
  | 'early'
  | 'gap'
  | 'clock'
  | 'noReceipts'
  | 'tailMissing'
  | 'tailAlone'
  | 'annotated'
  | 'annotation'

const FINDINGS: Record<string, Finding> = {
  ...all('author', ['ATTESTATION_INVALID', 'AUTHOR_DIFFERS', 'SIGNER_DIFFERS']),
  ...all('rival', ['RIVAL_HISTORY', 'FORKED']),
  ...all('receipt', ['RECEIPT_INVALID', 'RECEIPT_OTHER_RECORDING', 'RECEIPT_OTHER_TREE']),
  ...all('unbacked', ['RECEIPT_UNBACKED']),
  ...all('parts', ['PART_MISSING', 'PART_CHAIN_BROKEN', 'PREVIOUS_ABSENT', 'CONTINUED_ELSEWHERE']),
  ...all('noSeal', ['NO_SEAL']),
  ...all('early', ['ENDED_EARLY']),
  ...all('gap', ['GAP']),
  ...all('clock', ['CLOCK_MOVED']),
  ...all('noReceipts', ['NO_RECEIPTS']),
  ...all('tailMissing', ['TAIL_MISSING']),
  ...all('tailAlone', ['TAIL_WITHOUT_RECEIPT']),
  ...all('annotated', ['ANNOTATED_AFTERWARDS']),
  ...all('annotation', ['ANNOTATION_INVALID'])
}

export interface Found {
  finding: Finding
  failure: boolean
  /** The engine's sentences, English. */
  details: string[]
}

/** Failures first, the same gathered. A code of a newer engine counts as what it can only be: changed. */
export function findingsOf({ reasons }: VerdictState): Found[] {
  const found = new Map<string, Found>()
  for (const { code, severity, message } of reasons) {
    const finding = FINDINGS[code] ?? 'changed'
    const id = `${severity} ${finding}`
    const same = found.get(id) ?? { finding, failure: severity === 'failure', details: [] }
    found.set(id, { ...same, details: [...same.details, message] })
  }
  return [...found.values()].sort((a, b) => Number(b.failure) - Number(a.failure))
}

/** How many devices stand for it, but for the one that filmed it. */
export function witnessesOf({ author, receipts }: VerdictState): number {
  return new Set(receipts.map(({ device }) => device).filter((device) => device !== author)).size
}

function all(finding: Finding, codes: string[]): Record<string, Finding> {
  return Object.fromEntries(codes.map((code) => [code, finding]))
}
