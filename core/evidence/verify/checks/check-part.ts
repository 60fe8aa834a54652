// One part of a package, from its first block to its last receipt. Ties the checks together: who
// signed, which blocks, what they say, who else held them.

import type { Annotation } from '../../../encoding/journal/annotation.ts'
import type { Receipt } from '../../../encoding/recording/receipt.ts'
import type { RecordingKey } from '../../../types/keys.ts'
import { LogTree } from '../../../recording/log-tree.ts'
import { checkAnnotations } from './check-annotations.ts'
import { ContentCheck } from './check-content.ts'
import { checkHead, readSignedHead, signedLength } from './check-head.ts'
import type { SignedHead } from './check-head.ts'
import { checkReceipts } from './check-receipts.ts'
import { checkSigner } from './check-signer.ts'
import type { Identity } from './check-signer.ts'
import { checkSizes } from './check-sizes.ts'
import { compareText } from './compare-text.ts'
import { partFiles } from '../../layout.ts'
import { LogWalk } from '../log-walk.ts'
import type { OpenedPackage } from '../opened-package.ts'
import { factsOf } from '../../part-facts.ts'
import type { PartFacts } from '../../part-facts.ts'
import { MAX_RECEIPTS_BYTES, decodeReceipts } from '../../receipt-list.ts'
import { inOrder, receiptLine, receiptsHeading, recordingKeyText } from '../../text/log-texts.ts'

/** Blocks looked at to tell whose log it is: some of them may be damaged. */
const SAMPLE_BLOCKS = 4

export interface CheckedPart {
  part: number
  key: RecordingKey | null
  /** What the log says, or null where block 0 could not be read. */
  facts: PartFacts | null
  /** True where the author's device provably vouched for it. */
  attested: boolean
  length: number
  sealed: boolean
  /** Those that check. */
  receipts: Receipt[]
  /** Those that check: said afterwards. */
  annotations: Annotation[]
}

export async function checkPart(opened: OpenedPackage, part: number): Promise<CheckedPart> {
  const nothing = {
    part,
    key: null,
    facts: null,
    attested: false,
    length: 0,
    sealed: false,
    receipts: [],
    annotations: []
  }
  const sizes = await checkSizes(opened, part)
  if (sizes === null) return nothing
  const blocks = await sample(opened, part, sizes)
  const identity = await checkSigner(opened, part, { blocks, count: sizes.length })
  if (identity === null) return nothing
  return new PartCheck(opened, part, identity).run(sizes)
}

async function sample(opened: OpenedPackage, part: number, sizes: number[]): Promise<Uint8Array[]> {
  const blocks: Uint8Array[] = []
  let offset = 0
  for (const size of sizes.slice(0, SAMPLE_BLOCKS)) {
    const block = await opened.read(partFiles(part).blocks, offset, size)
    if (block === null) break
    blocks.push(block)
    offset += size
  }
  return blocks
}

class PartCheck {
  readonly #opened: OpenedPackage
  readonly #part: number
  readonly #identity: Identity
  readonly #content: ContentCheck
  readonly #tree = new LogTree()
  readonly #hashes = new Map<number, Uint8Array | null>()

  constructor(opened: OpenedPackage, part: number, identity: Identity) {
    this.#opened = opened
    this.#part = part
    this.#identity = identity
    this.#content = new ContentCheck(opened, part, identity.key)
  }

  async run(sizes: number[]): Promise<CheckedPart> {
    const receipts = await this.#readReceipts()
    for (const receipt of receipts ?? []) this.#hashes.set(receipt.length, null)
    const head = await readSignedHead(this.#opened, this.#part)
    const intact = await this.#walk(sizes, head)
    const signed = checkHead(this.#opened, this.#part, head, this.#identity, this.#tree)
    if (this.#identity.opener !== null) this.#content.finish(intact)
    const good = this.#checkReceipts(receipts ?? [], signed)
    if (signed) await this.#vouch(intact)
    if (receipts !== null && good.length === receipts.length) await this.#receiptTexts(receipts)
    const annotations = await checkAnnotations(this.#opened, this.#part, this.#identity.key)
    return this.#result({ receipts: good, annotations })
  }

  /** @returns whether every block stood in its place */
  async #walk(sizes: number[], head: SignedHead | null): Promise<boolean> {
    const walk = new LogWalk({
      opened: this.#opened,
      part: this.#part,
      sizes,
      opener: this.#identity.opener,
      signedLength: signedLength(head),
      secondsNow: () => this.#content.seconds
    })
    this.#rememberHash()
    for await (const { block, index, plain } of walk.blocks()) {
      if (plain !== null) await this.#content.block(index!, block, plain, walk.intact, this.#tree)
      this.#tree.append(block)
      this.#rememberHash()
    }
    return walk.intact
  }

  #rememberHash(): void {
    if (this.#hashes.has(this.#tree.length)) this.#hashes.set(this.#tree.length, this.#tree.hash())
  }

  async #readReceipts(): Promise<Receipt[] | null> {
    const file = partFiles(this.#part).receipts
    const bytes = await this.#opened.whole(file, MAX_RECEIPTS_BYTES)
    try {
      if (bytes !== null) return decodeReceipts(bytes)
    } catch (err: any) {
      if (err.code !== 'BAD_ENCODING') throw err
    }
    if (this.#opened.has(file)) {
      const message = `${file} is damaged: its receipts cannot be read`
      this.#opened.reasons.fail('FILE_DAMAGED', message, { file, part: this.#part })
    }
    return null
  }

  #checkReceipts(receipts: Receipt[], signed: boolean): Receipt[] {
    const { key, signer } = this.#identity
    const context = {
      part: this.#part,
      key,
      signer,
      author: this.#content.headers?.secret.device ?? null,
      length: this.#tree.length,
      signed,
      hashAt: (length: number) => this.#hashes.get(length) ?? null,
      secondsAt: (length: number) => this.#content.timeline.secondsAt(length)
    }
    return checkReceipts(receipts, context, this.#opened.reasons)
  }

  /** The author signed these blocks: so they, and what follows from them, are good. */
  async #vouch(intact: boolean): Promise<void> {
    const files = partFiles(this.#part)
    const { vouched } = this.#opened.reasons
    for (const file of [files.blocks, files.sizes, files.signer, files.manifest]) vouched.add(file)
    if (this.#identity.opener !== null && intact) vouched.add(files.chainKey)
    await this.#text(files.key, [recordingKeyText(this.#identity.key)])
  }

  async #receiptTexts(receipts: Receipt[]): Promise<void> {
    const files = partFiles(this.#part)
    this.#opened.reasons.vouched.add(files.receipts)
    const sorted = inOrder(receipts)
    await this.#text(files.receiptsText, [receiptsHeading(sorted), ...sorted.map(receiptLine)])
  }

  #text(file: string, lines: string[]): Promise<void> {
    return compareText(this.#opened, this.#part, file, lines)
  }

  #result(beside: Pick<CheckedPart, 'receipts' | 'annotations'>): CheckedPart {
    const { headers, timeline, attested, sealed } = this.#content
    const { key } = this.#identity
    const facts = headers && factsOf(this.#part, key, headers, timeline, beside)
    const length = this.#tree.length
    return { part: this.#part, key, facts, attested, length, sealed, ...beside }
  }
}
