// Writes one part of a package: its log, the media that comes out of it, and the texts about it.
// One block in memory at a time.
// Must never: let a package out whose log is not what the author signed, or whose blocks do not open.

import b4a from 'b4a'
import { MAX_BLOCK_BYTES } from '../../limits.ts'
import { TemoinError } from '../../errors.ts'
import { wipe } from '../../identity/hash.ts'
import { LogTree, treeSignable, verifyTree } from '../../recording/log-tree.ts'
import { Timeline } from '../../recording/timeline.ts'
import type { Entry } from '../../encoding/recording/entry.ts'
import type { Annotation } from '../../encoding/journal/annotation.ts'
import type { Receipt } from '../../encoding/recording/receipt.ts'
import { annotationFiles, mediaFile, partFiles } from '../layout.ts'
import { manifestPreimage } from '../../encoding/core-key.ts'
import type { OutputDir } from './output-dir.ts'
import type { OutputFile } from './output-file.ts'
import { factsOf } from '../part-facts.ts'
import type { PartFacts } from '../part-facts.ts'
import type { PackageSource } from './package-source.ts'
import { encodeReceipts } from '../receipt-list.ts'
import { annotationsInOrder, encodeAnnotations } from '../annotation-list.ts'
import { annotationLine, annotationsHeading } from '../text/annotation-lines.ts'
import { entryLine, headerLines } from '../text/entry-lines.ts'
import { inOrder, receiptLine, receiptsHeading, recordingKeyText } from '../text/log-texts.ts'

interface Streams {
  blocks: OutputFile
  sizes: OutputFile
  media: OutputFile
  entries: OutputFile
}

/** What others say of it, as far as it belongs to this recording. */
export interface Beside {
  receipts: Receipt[]
  annotations: Annotation[]
}

/**
 * @param beside what belongs to this recording
 * @param onBlock called with the number of blocks written
 * @throws TemoinError STORAGE_DAMAGED where the copy at hand is not what was signed
 */
export async function writePart(
  out: OutputDir,
  part: number,
  source: PackageSource,
  beside: Beside,
  onBlock: (written: number) => void
): Promise<PartFacts> {
  const streams = await openStreams(out, part, source)
  const tree = new LogTree()
  const timeline = new Timeline()
  for (let index = 0; index < source.length; index++) {
    const block = await readBlock(source, index)
    tree.append(block)
    await streams.blocks.write(block)
    await streams.sizes.write(`${block.byteLength}\n`)
    if (index === 0) await writeHeader(streams, source)
    else await writeEntry(streams, source, timeline, index, block)
    onBlock(index + 1)
  }
  for (const file of Object.values(streams) as OutputFile[]) await file.close()
  await writeProof(out, part, source, tree)
  await writeReceipts(out, part, beside.receipts)
  await writeAnnotations(out, part, beside.annotations)
  const headers = { open: source.reader.public, secret: source.reader.private }
  return factsOf(part, source.key, headers, timeline, beside)
}

async function openStreams(out: OutputDir, part: number, source: PackageSource): Promise<Streams> {
  const files = partFiles(part)
  return {
    blocks: await out.create(files.blocks),
    sizes: await out.create(files.sizes),
    media: await out.create(mediaFile(part, source.reader.private.mime)),
    entries: await out.create(files.entries)
  }
}

async function readBlock(source: PackageSource, index: number): Promise<Uint8Array> {
  const block = await source.block(index)
  if (block.byteLength === 0 || block.byteLength > MAX_BLOCK_BYTES) throw damaged(index)
  return block
}

async function writeHeader(streams: Streams, source: PackageSource): Promise<void> {
  await streams.media.write(source.reader.private.init)
  await streams.entries.write(headerLines(source.reader.public, source.reader.private))
}

async function writeEntry(
  streams: Streams,
  source: PackageSource,
  timeline: Timeline,
  index: number,
  block: Uint8Array
): Promise<void> {
  const entry = open(source, index, block)
  timeline.add(entry)
  if (entry.kind === 'fragment') await streams.media.write(entry.body.data)
  await streams.entries.write(entryLine(index, timeline.secondsAt(index + 1), entry))
}

function open(source: PackageSource, index: number, block: Uint8Array): Entry {
  try {
    return source.reader.entry(index, block)
  } catch (err) {
    throw damaged(index, err)
  }
}

async function writeProof(
  out: OutputDir,
  part: number,
  source: PackageSource,
  tree: LogTree
): Promise<void> {
  const { key, signer, signature, fork, length } = source
  const hash = tree.hash()
  if (!verifyTree(key, hash, length, fork, signature, signer)) throw unsigned()
  const files = partFiles(part)
  await out.write(files.key, recordingKeyText(key))
  await out.write(files.manifest, manifestPreimage(signer))
  await out.write(files.signer, signer)
  await out.write(files.head, treeSignable(key, hash, length, fork))
  await out.write(files.signature, signature)
  const chainKey = source.reader.chainKey()
  await out.write(files.chainKey, b4a.from(chainKey))
  wipe(chainKey)
}

async function writeReceipts(out: OutputDir, part: number, receipts: Receipt[]): Promise<void> {
  const sorted = inOrder(receipts)
  const { receipts: binary, receiptsText: text } = partFiles(part)
  await out.write(binary, encodeReceipts(sorted))
  await writeLines(out, text, receiptsHeading(sorted), sorted, receiptLine)
}

/** No file at all where nobody has said anything. */
async function writeAnnotations(out: OutputDir, part: number, given: Annotation[]): Promise<void> {
  if (given.length === 0) return
  const sorted = annotationsInOrder(given)
  const { binary, text } = annotationFiles(part)
  await out.write(binary, encodeAnnotations(sorted))
  await writeLines(out, text, annotationsHeading(sorted), sorted, annotationLine)
}

async function writeLines<Item>(
  out: OutputDir,
  file: string,
  heading: string,
  items: readonly Item[],
  lineOf: (item: Item) => string
): Promise<void> {
  const text = await out.create(file)
  await text.write(heading)
  for (const item of items) await text.write(lineOf(item))
  await text.close()
}

function damaged(index: number, cause?: unknown): TemoinError {
  const why = `Block ${index} of this recording is damaged here: run "temoin check" to repair it from other holders`
  return new TemoinError('STORAGE_DAMAGED', why, { cause })
}

function unsigned(): TemoinError {
  const why =
    'The copy held here is not what its author signed: run "temoin check" to repair it from other holders'
  return new TemoinError('STORAGE_DAMAGED', why)
}
