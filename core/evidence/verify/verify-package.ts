// The verdict on an evidence package. Pure: names, sizes and bytes in, a verdict with reasons out; no
// store, no network, no clock. docs/PACKAGE.md says what each reason means.
// Must never: throw on bad evidence, however hostile; only what cannot be read at all is thrown, by
// the files it was given.

import { checkChain } from './checks/check-chain.ts'
import { checkLayout } from './checks/check-layout.ts'
import { checkPart } from './checks/check-part.ts'
import type { CheckedPart } from './checks/check-part.ts'
import { checkSums, settleSums } from './checks/check-sums.ts'
import { checkTexts } from './checks/check-texts.ts'
import { OpenedPackage } from './opened-package.ts'
import type { PackageFiles } from './package-files.ts'
import type { PartFacts } from '../part-facts.ts'
import type { Reasons } from './reasons.ts'
import { isoTime, keyText } from '../text/printable.ts'
import type { AnnotationVerdict, PartVerdict, ReceiptSummary, Verdict } from './verdict.ts'

export async function verifyPackage(files: PackageFiles): Promise<Verdict> {
  const opened = await OpenedPackage.open(files)
  const { reasons } = opened
  const differ = await checkSums(opened)
  const failuresOfSums = reasons.failures
  const parts: CheckedPart[] = []
  const count = await checkLayout(opened)
  for (let part = 1; part <= count; part++) parts.push(await checkPart(opened, part))
  checkChain(parts, reasons)
  const good = reasons.failures === failuresOfSums
  await checkTexts(opened, good ? factsOfAll(parts) : null)
  settleSums(opened, differ)
  return verdictOn(parts, reasons)
}

function factsOfAll(parts: CheckedPart[]): PartFacts[] | null {
  const facts = parts.map((checked) => checked.facts).filter((known) => known !== null)
  return facts.length === parts.length && facts.length > 0 ? facts : null
}

function verdictOn(checked: CheckedPart[], reasons: Reasons): Verdict {
  const parts = checked.map((part) => partVerdict(part, reasons))
  const sum = (of: (part: PartVerdict) => number) => parts.reduce((all, part) => all + of(part), 0)
  return {
    ok: !reasons.failed && parts.length > 0,
    recording: parts[0]?.recording ?? null,
    author: parts[0]?.author ?? null,
    length: sum((part) => part.length),
    seconds: sum((part) => part.seconds),
    sealed: parts[parts.length - 1]?.sealed ?? false,
    receipts: parts.flatMap((part) => part.receipts),
    annotations: parts.flatMap((part) => part.annotations),
    reasons: reasons.all(),
    parts
  }
}

function partVerdict(checked: CheckedPart, reasons: Reasons): PartVerdict {
  const { part, key, facts, attested, length, sealed, receipts } = checked
  return {
    part,
    ok: !reasons.failedIn(part),
    recording: key && keyText(key),
    author: facts && attested ? keyText(facts.author) : null,
    startedAt: facts && isoTime(facts.startedAtMs),
    length,
    seconds: facts?.seconds ?? 0,
    sealed,
    sealReason: facts?.seal?.reason ?? null,
    previous: facts?.previous ? keyText(facts.previous) : null,
    receiptCount: receipts.length,
    receipts: summaries(checked),
    annotations: said(checked)
  }
}

function said({ part, annotations }: CheckedPart): AnnotationVerdict[] {
  return annotations.map(({ filmMs, tag, text, device, atMs }) => ({
    part,
    seconds: filmMs / 1000,
    tag,
    text,
    device: keyText(device),
    saidAt: isoTime(atMs)
  }))
}

/** One a device: the most it signed for, and when it first did. */
function summaries({ part, receipts }: CheckedPart): ReceiptSummary[] {
  const best = new Map<string, { length: number; atMs: number }>()
  for (const { holder, length, atMs } of receipts) {
    const device = keyText(holder)
    const known = best.get(device)
    const better = known === undefined || length > known.length
    if (better || (length === known.length && atMs < known.atMs)) best.set(device, { length, atMs })
  }
  return [...best].map(([device, { length, atMs }]) => ({
    part,
    device,
    length,
    at: isoTime(atMs)
  }))
}
