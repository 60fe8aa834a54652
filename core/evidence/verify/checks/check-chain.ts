// Do the parts belong together? Each names the one before it, under one author and one circle. Pure.

import b4a from 'b4a'
import type { CheckedPart } from './check-part.ts'
import { partFiles } from '../../layout.ts'
import type { PartFacts } from '../../part-facts.ts'
import type { Reasons } from '../reasons.ts'
import { keyText } from '../../text/printable.ts'

export function checkChain(parts: CheckedPart[], reasons: Reasons): void {
  const facts = parts.map((checked) => checked.facts).filter((known) => known !== null)
  for (const [i, next] of facts.entries()) {
    const before = facts[i - 1]
    if (before !== undefined && before.part === next.part - 1) checkPair(before, next, reasons)
  }
  const first = facts[0]
  if (first?.part === 1) checkFirst(first, reasons)
  const last = facts[facts.length - 1]
  if (last !== undefined && last.part === parts[parts.length - 1]!.part) checkLast(last, reasons)
}

function checkPair(before: PartFacts, next: PartFacts, reasons: Reasons): void {
  const place = { file: partFiles(next.part).blocks, part: next.part, block: 0 }
  if (next.previous === null || !b4a.equals(next.previous, before.key)) {
    const said =
      next.previous === null ? 'no other recording' : `recording ${keyText(next.previous)}`
    const message = `Part ${next.part} does not go on from part ${before.part}: it names ${said}`
    reasons.fail('PART_CHAIN_BROKEN', message, place)
  }
  if (!b4a.equals(next.author, before.author) || !b4a.equals(next.circle, before.circle)) {
    const message = `Part ${next.part} is by another device or of another circle than part ${before.part}`
    reasons.fail('AUTHOR_DIFFERS', message, place)
  }
}

function checkFirst(first: PartFacts, reasons: Reasons): void {
  if (first.previous === null) return
  const message = `The film goes on from recording ${keyText(first.previous)}, which is not in this package`
  const place = { file: partFiles(first.part).blocks, part: first.part, block: 0, seconds: 0 }
  reasons.find('PREVIOUS_ABSENT', message, place)
}

function checkLast(last: PartFacts, reasons: Reasons): void {
  if (last.seal?.reason !== 'rotated') return
  const message = 'The film was continued in another recording, which is not in this package'
  const place = { file: partFiles(last.part).blocks, part: last.part, seconds: last.seconds }
  reasons.find('CONTINUED_ELSEWHERE', message, { ...place, block: last.length - 1 })
}
