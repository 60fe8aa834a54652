// Makes an evidence package out of what a holder has: checks what it is given, writes the parts, the
// texts for people, and puts the folder in place. docs/PACKAGE.md says what each file is for.
// Must never: leave anything behind that looks whole and is not.

import b4a from 'b4a'
import { TemoinError } from '../../errors.ts'
import { receiptBody } from '../../encoding/recording/receipt.ts'
import type { Annotation } from '../../encoding/journal/annotation.ts'
import type { Receipt } from '../../encoding/recording/receipt.ts'
import { LABELS } from '../../encoding/signable.ts'
import { encode } from '../../encoding/wire.ts'
import { isGenuineAnnotation } from '../../identity/annotations.ts'
import { verifyStatement } from '../../identity/device-keys.ts'
import {
  FORMAT,
  FORMAT_FILE,
  MAX_BLOCKS,
  MAX_PART_ANNOTATIONS,
  MAX_PARTS,
  MAX_RECEIPTS,
  README,
  SCRIPT,
  STEPS
} from '../layout.ts'
import { annotationsInOrder } from '../annotation-list.ts'
import { OutputDir, withRemedy } from './output-dir.ts'
import type { PackageSource } from './package-source.ts'
import type { PartFacts } from '../part-facts.ts'
import { readmeText } from '../text/readme.ts'
import { STEPS_TEXT } from '../text/steps.ts'
import { VERIFY_SCRIPT } from '../text/verify-script.ts'
import { writePart } from './write-part.ts'

export interface PackageProgress {
  /** Counted from 1. */
  part: number
  parts: number
  /** Blocks of that part written. */
  blocks: number
  /** Blocks of that part in all. */
  ofBlocks: number
}

export interface WriteOptions {
  /** A folder that does not exist yet, or is empty. */
  dir: string
  /** In the order they were filmed: each goes on from the one before it. */
  parts: PackageSource[]
  onProgress?: (progress: PackageProgress) => void
}

export interface WrittenPackage {
  /** Absolute path. */
  dir: string
  /** Names of all files, relative to `dir`. */
  files: string[]
  /** Media time of all parts. */
  seconds: number
  /** Receipts not written because they are forged or about another recording. */
  receiptsLeftOut: number
}

/**
 * @throws TemoinError BAD_INPUT, STORAGE_DAMAGED, STORAGE_FULL, STORAGE_DENIED; the folder is then
 * as it was
 */
export async function writePackage(options: WriteOptions): Promise<WrittenPackage> {
  checkParts(options.parts)
  try {
    const out = await OutputDir.open(options.dir)
    return await fill(out, options)
  } catch (err) {
    throw withRemedy(err, options.dir)
  }
}

async function fill(out: OutputDir, options: WriteOptions): Promise<WrittenPackage> {
  try {
    const parts = await writeParts(out, options)
    await writeTexts(out, parts, options.parts[0]!.authorName ?? null)
    await out.finish()
    const seconds = parts.reduce((sum, facts) => sum + facts.seconds, 0)
    const kept = parts.reduce((sum, facts) => sum + facts.receipts.length, 0)
    const given = options.parts.reduce((sum, source) => sum + source.receipts.length, 0)
    return { dir: out.dir, files: out.names, seconds, receiptsLeftOut: given - kept }
  } catch (err) {
    await out.abort()
    throw err
  }
}

async function writeParts(out: OutputDir, options: WriteOptions): Promise<PartFacts[]> {
  const { parts, onProgress } = options
  const written: PartFacts[] = []
  for (const [i, source] of parts.entries()) {
    const place = { part: i + 1, parts: parts.length, ofBlocks: source.length }
    // A receipt that contradicts the log stays: leaving it out would hide the contradiction.
    const receipts = source.receipts.filter((receipt) => isAbout(receipt, source))
    const annotations = annotationsAbout(source)
    const facts = await writePart(out, i + 1, source, { receipts, annotations }, (blocks) =>
      onProgress?.({ ...place, blocks })
    )
    written.push(facts)
  }
  return written
}

async function writeTexts(
  out: OutputDir,
  parts: PartFacts[],
  authorName: string | null
): Promise<void> {
  await out.write(FORMAT_FILE, FORMAT)
  await out.write(README, readmeText(parts, authorName))
  await out.write(STEPS, STEPS_TEXT)
  await out.write(SCRIPT, VERIFY_SCRIPT)
}

function isAbout(receipt: Receipt, source: PackageSource): boolean {
  if (!b4a.equals(receipt.recording, source.key)) return false
  const body = encode(receiptBody, receipt)
  return verifyStatement(LABELS.receipt, body, receipt.signature, receipt.holder)
}

/** Of more than a package holds the first by moment: what somebody floods a film with ends no export. */
function annotationsAbout({ key, annotations = [] }: PackageSource): Annotation[] {
  const good = annotations.filter(
    (annotation) => b4a.equals(annotation.recording, key) && isGenuineAnnotation(annotation)
  )
  return annotationsInOrder(good).slice(0, MAX_PART_ANNOTATIONS)
}

function checkParts(parts: PackageSource[]): void {
  if (parts.length === 0) throw bad('There is nothing to export: name a recording')
  if (parts.length > MAX_PARTS) throw bad(`A package holds at most ${MAX_PARTS} parts`)
  for (const [i, source] of parts.entries()) checkPart(source, parts[i - 1] ?? null)
}

function checkPart(source: PackageSource, before: PackageSource | null): void {
  if (source.length < 1) throw bad('Not a block of this recording is held here yet')
  if (source.length > MAX_BLOCKS) throw bad(`A part holds at most ${MAX_BLOCKS} blocks`)
  if (source.receipts.length > MAX_RECEIPTS)
    throw bad(`A part holds at most ${MAX_RECEIPTS} receipts`)
  if (before === null) return
  const { previous } = source.reader.public
  if (previous === null || !b4a.equals(previous, before.key)) {
    throw bad('These recordings do not go on from one another: export them one by one')
  }
}

function bad(message: string): TemoinError {
  return new TemoinError('BAD_INPUT', message)
}
