// What other devices signed, changed, borrowed and contradicted.

import b4a from 'b4a'
import { partFiles } from '../../../core/evidence/layout.ts'
import { randomBytes } from '../../../core/identity/hash.ts'
import { treeSignable } from '../../../core/recording/log-tree.ts'
import { runAttacks } from './attack.ts'
import { film, newDevice, receiptFor, treeHash } from '../film.ts'
import type { Film } from '../film.ts'
import type { TestPackage } from '../test-package.ts'

const FILES = partFiles(1)

runAttacks([
  {
    title: 'the tail cut to an earlier state the author signed, receipts left in',
    run: ({ pack, made }) => {
      pack.setBlocks(pack.blocks().slice(0, 10))
      pack.set(FILES.head, treeSignable(made.key, treeHash(made.blocks, 10), 10, 0))
      pack.set(FILES.signature, made.blocks[9]!.signature)
      pack.set('media/part-1.mp4', pack.get('media/part-1.mp4').subarray(0, lengthOf(made, 8)))
      pack.set(FILES.entries, textUpTo(pack, 10))
    },
    codes: ['TAIL_MISSING'],
    file: FILES.receipts
  },
  {
    title: 'a receipt changed after it was signed',
    run: ({ pack }) => {
      const [first, ...rest] = pack.receipts()
      pack.setReceipts([{ ...first!, atMs: first!.atMs - 86_400_000 }, ...rest])
    },
    codes: ['RECEIPT_INVALID'],
    file: FILES.receipts
  },
  {
    title: 'a receipt for another recording',
    run: ({ pack }) => {
      const other = film()
      pack.setReceipts([...pack.receipts(), receiptFor(other, newDevice(), other.blocks.length)])
    },
    codes: ['RECEIPT_OTHER_RECORDING'],
    file: FILES.receipts
  },
  {
    title: 'a receipt over another tree, by its holder alone',
    run: ({ pack, made }) => {
      const changes = { treeHash: randomBytes(32), authorSignature: null }
      pack.setReceipts([...pack.receipts(), receiptFor(made, newDevice(), 9, changes)])
    },
    codes: ['RECEIPT_OTHER_TREE'],
    block: 9,
    seconds: 1.75
  },
  {
    title: 'a receipt whose author signature is not over its tree',
    run: ({ pack, made }) => {
      const changes = { authorSignature: made.blocks[3]!.signature }
      pack.setReceipts([...pack.receipts(), receiptFor(made, newDevice(), 9, changes)])
    },
    codes: ['RECEIPT_INVALID']
  },
  {
    title: 'a receipt for more blocks than there are, by its holder alone',
    run: ({ pack, made }) => {
      const changes = { length: 40, treeHash: randomBytes(32), authorSignature: null }
      pack.setReceipts([...pack.receipts(), receiptFor(made, newDevice(), 17, changes)])
    },
    codes: ['TAIL_MISSING']
  },
  {
    title: 'a receipt for a rewritten log',
    run: ({ pack, made }) => {
      const changes = { fork: 1, authorSignature: null }
      pack.setReceipts([...pack.receipts(), receiptFor(made, newDevice(), 17, changes)])
    },
    codes: ['RIVAL_HISTORY']
  }
])

/** Bytes of the init segment and the first `count` fragments. */
function lengthOf({ media }: Film, count: number): number {
  return media.fragments
    .slice(0, count)
    .reduce((sum, { data }) => sum + data.byteLength, media.init.byteLength)
}

function textOf(pack: TestPackage, name: string): string {
  return b4a.toString(pack.get(name) as any)
}

/** entries.txt without what it says of block `from` and later. */
function textUpTo(pack: TestPackage, from: number): string {
  const text = textOf(pack, FILES.entries)
  return text.slice(0, text.indexOf(`block ${from} `))
}
