// A package in memory that a test may spoil: by bytes, or by its blocks and receipts, with or without
// the checksums made to fit again as an attacker would.

import b4a from 'b4a'
import sodium from 'sodium-universal'
import type { Assert } from 'brittle'
import type { Receipt } from '../../core/encoding/recording/receipt.ts'
import { SUMS, partFiles } from '../../core/evidence/layout.ts'
import type { PackageFiles } from '../../core/evidence/verify/package-files.ts'
import type { PackageSource } from '../../core/evidence/write/package-source.ts'
import { decodeReceipts, encodeReceipts } from '../../core/evidence/receipt-list.ts'
import { inOrder, receiptLine, receiptsHeading } from '../../core/evidence/text/log-texts.ts'
import type { Verdict } from '../../core/evidence/verify/verdict.ts'
import { verifyPackage } from '../../core/evidence/verify/verify-package.ts'
import { writePackage } from '../../core/evidence/write/write-package.ts'
import { fs, path } from '../../core/runtime/fs.ts'

export class TestPackage {
  readonly files: Map<string, Uint8Array>

  constructor(files: Map<string, Uint8Array>) {
    this.files = files
  }

  /** Writes a package to disk and takes it into memory. */
  static async of(t: Assert, ...parts: PackageSource[]): Promise<TestPackage> {
    const dir = path.join(await t.tmp(), 'package')
    const { files } = await writePackage({ dir, parts })
    const read = (name: string) => fs.readFileSync(path.join(dir, name)) as Uint8Array
    return new TestPackage(new Map(files.map((name) => [name, read(name)])))
  }

  clone(): TestPackage {
    return new TestPackage(new Map([...this.files].map(([name, bytes]) => [name, b4a.from(bytes)])))
  }

  get names(): string[] {
    return [...this.files.keys()]
  }

  get(name: string): Uint8Array {
    return this.files.get(name)!
  }

  set(name: string, content: Uint8Array | string): this {
    this.files.set(name, b4a.from(content as any))
    return this
  }

  flip(name: string, byte: number, bit: number): this {
    this.get(name)[byte]! ^= 1 << bit
    return this
  }

  blocks(part = 1): Uint8Array[] {
    const { sizes, blocks } = partFiles(part)
    const lengths = b4a
      .toString(this.get(sizes) as any)
      .trim()
      .split('\n')
      .map(Number)
    let offset = 0
    return lengths.map((length) => this.get(blocks).subarray(offset, (offset += length)))
  }

  setBlocks(blocks: Uint8Array[], part = 1): this {
    const files = partFiles(part)
    this.set(files.sizes, blocks.map((block) => `${block.byteLength}\n`).join(''))
    return this.set(files.blocks, b4a.concat(blocks as any))
  }

  receipts(part = 1): Receipt[] {
    return decodeReceipts(this.get(partFiles(part).receipts))
  }

  setReceipts(receipts: Receipt[], part = 1): this {
    const files = partFiles(part)
    const sorted = inOrder(receipts)
    const text = [receiptsHeading(sorted), ...sorted.map(receiptLine)].join('')
    return this.set(files.receipts, encodeReceipts(sorted)).set(files.receiptsText, text)
  }

  /** Copies the files of a part from another package. */
  takePart(from: TestPackage, part: number, as = part): this {
    for (const [name, bytes] of from.files) {
      if (!name.includes(`/part-${part}/`) && !name.startsWith(`media/part-${part}.`)) continue
      this.set(name.replace(`part-${part}`, `part-${as}`), bytes)
    }
    return this
  }

  /** Makes SHA256SUMS fit again. */
  resum(): this {
    const names = this.names.filter((name) => name !== SUMS).sort()
    return this.set(SUMS, names.map((name) => `${sha256(this.get(name))}  ${name}\n`).join(''))
  }

  verify(): Promise<Verdict> {
    return verifyPackage(memoryFiles(this.files))
  }
}

export function memoryFiles(files: Map<string, Uint8Array>): PackageFiles {
  return {
    list: () => Promise.resolve([...files.keys()]),
    size: (name) => Promise.resolve(files.get(name)?.byteLength ?? -1),
    read: (name, offset, length) =>
      Promise.resolve(files.get(name)!.subarray(offset, offset + length))
  }
}

/** The kinds of failures, each once. */
export function failures(verdict: Verdict): string[] {
  const failed = verdict.reasons.filter((reason) => reason.severity === 'failure')
  return [...new Set(failed.map((reason) => reason.code))]
}

export function findings(verdict: Verdict): string[] {
  const found = verdict.reasons.filter((reason) => reason.severity === 'finding')
  return [...new Set(found.map((reason) => reason.code))]
}

function sha256(bytes: Uint8Array): string {
  const out = b4a.alloc(32)
  sodium.crypto_hash_sha256(out, bytes)
  return b4a.toString(out as any, 'hex')
}
