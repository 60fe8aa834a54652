// Blocks taken out, put in, moved, changed and replaced.

import b4a from 'b4a'
import { encodeEntry } from '../../../core/encoding/recording/entry.ts'
import { privateHeader, publicHeader } from '../../../core/encoding/recording/header.ts'
import { decode, encode } from '../../../core/encoding/wire.ts'
import { partFiles } from '../../../core/evidence/layout.ts'
import { randomBytes } from '../../../core/identity/hash.ts'
import { openBlock, sealBlock } from '../../../core/recording/block-cipher.ts'
import { Ratchet } from '../../../core/recording/ratchet.ts'
import { readPublicHeader } from '../../../core/recording/reader.ts'
import { runAttacks } from './attack.ts'
import { newDevice } from '../film.ts'
import type { Film } from '../film.ts'
import type { TestPackage } from '../test-package.ts'

const FILES = partFiles(1)

runAttacks([
  {
    title: 'a block taken out',
    run: ({ pack }) => pack.setBlocks(pack.blocks().toSpliced(7, 1)),
    codes: ['BLOCK_MISSING', 'BLOCK_COUNT', 'RECEIPT_OTHER_TREE', 'TAIL_MISSING'],
    file: FILES.blocks,
    block: 7,
    seconds: 1.25
  },
  {
    title: 'a block taken out of blocks.bin alone',
    run: ({ pack }) => pack.set(FILES.blocks, b4a.concat(pack.blocks().toSpliced(7, 1) as any)),
    codes: ['BLOCK_MISSING', 'SIZES_MISMATCH', 'BLOCK_COUNT', 'RECEIPT_OTHER_TREE', 'TAIL_MISSING'],
    file: FILES.blocks,
    block: 7
  },
  {
    title: 'block 0 taken out',
    run: ({ pack }) => pack.setBlocks(pack.blocks().slice(1)),
    codes: ['BLOCK_MISSING', 'BLOCK_COUNT', 'RECEIPT_OTHER_TREE', 'TAIL_MISSING'],
    block: 0
  },
  {
    title: 'three blocks taken out in a row',
    run: ({ pack }) => pack.setBlocks(pack.blocks().toSpliced(7, 3)),
    codes: ['BLOCK_MISSING', 'BLOCK_COUNT', 'RECEIPT_OTHER_TREE', 'TAIL_MISSING'],
    block: 7
  },
  {
    title: 'the last blocks cut off blocks.bin',
    run: ({ pack }) => pack.set(FILES.blocks, b4a.concat(pack.blocks().slice(0, -2) as any)),
    codes: ['BLOCK_MISSING', 'SIZES_MISMATCH', 'BLOCK_COUNT', 'TAIL_MISSING'],
    file: FILES.blocks,
    block: 15
  },
  {
    title: 'two neighbours swapped',
    run: ({ pack }) => pack.setBlocks(swapped(pack.blocks(), 7, 8)),
    codes: ['BLOCKS_SWAPPED', 'TREE_MISMATCH', 'RECEIPT_OTHER_TREE'],
    block: 7,
    seconds: 1.25
  },
  {
    title: 'two distant blocks swapped',
    run: ({ pack }) => pack.setBlocks(swapped(pack.blocks(), 2, 13)),
    codes: ['BLOCKS_SWAPPED', 'TREE_MISMATCH', 'RECEIPT_OTHER_TREE'],
    block: 2
  },
  {
    title: 'a foreign block put in',
    run: ({ pack }) => pack.setBlocks(pack.blocks().toSpliced(7, 0, randomBytes(900))),
    codes: ['BLOCK_ADDED', 'BLOCK_COUNT', 'RECEIPT_OTHER_TREE'],
    block: 7
  },
  {
    title: 'a block put in twice',
    run: ({ pack }) => pack.setBlocks(pack.blocks().toSpliced(9, 0, pack.blocks()[4]!)),
    codes: ['BLOCK_ADDED', 'BLOCK_COUNT', 'RECEIPT_OTHER_TREE'],
    block: 9
  },
  {
    title: 'bytes put into blocks.bin alone',
    run: ({ pack }) =>
      pack.set(FILES.blocks, b4a.concat(pack.blocks().toSpliced(7, 0, randomBytes(900)) as any)),
    codes: ['BLOCK_ADDED', 'SIZES_MISMATCH'],
    block: 7
  },
  {
    title: 'a foreign block put in at the end',
    run: ({ pack }) => pack.setBlocks([...pack.blocks(), randomBytes(900)]),
    codes: ['BLOCK_ADDED', 'BLOCK_COUNT'],
    block: 17
  },
  {
    title: 'a block changed',
    run: ({ pack }) => pack.setBlocks(pack.blocks().with(7, randomBytes(900))),
    codes: ['BLOCK_DAMAGED', 'TREE_MISMATCH', 'RECEIPT_OTHER_TREE'],
    block: 7
  },
  {
    title: 'block 0 changed',
    run: ({ pack }) => pack.setBlocks(pack.blocks().with(0, randomBytes(900))),
    codes: ['BLOCK_DAMAGED', 'TREE_MISMATCH', 'RECEIPT_OTHER_TREE'],
    block: 0
  },
  {
    title: 'a block replaced by one that opens, with the read key from the package',
    run: ({ pack, made }) => pack.setBlocks(pack.blocks().with(7, resealed(pack, made, 7))),
    codes: [
      'TREE_MISMATCH',
      'CHECKPOINT_MISMATCH',
      'MEDIA_DIFFERS',
      'SEAL_MISMATCH',
      'RECEIPT_OTHER_TREE'
    ]
  },
  {
    title: 'another author written into block 0, with the read key from the package',
    run: ({ pack, made }) => pack.setBlocks(pack.blocks().with(0, claimed(pack, made))),
    codes: [
      'ATTESTATION_INVALID',
      'TREE_MISMATCH',
      'SEAL_MISMATCH',
      'TEXT_DIFFERS',
      'RECEIPT_OTHER_TREE'
    ],
    file: FILES.blocks
  }
])

function swapped(blocks: Uint8Array[], a: number, b: number): Uint8Array[] {
  return blocks.with(a, blocks[b]!).with(b, blocks[a]!)
}

/** Another fragment in place of block `index`, sealed with that block's own key. */
function resealed(pack: TestPackage, made: Film, index: number): Uint8Array {
  const ratchet = new Ratchet(pack.get(FILES.chainKey))
  for (let i = 0; i < index; i++) ratchet.next()
  const body = { ...made.media.fragments[5]!, continued: false, data: randomBytes(1000) }
  return sealBlock(ratchet.next(), made.key, index, encodeEntry({ kind: 'fragment', body }))
}

/** Block 0 with another device in place of the author. */
function claimed(pack: TestPackage, made: Film): Uint8Array {
  const open = readPublicHeader(made.blocks[0]!.value)
  const key = new Ratchet(pack.get(FILES.chainKey)).next()
  const secret = decode(privateHeader, openBlock(key, made.key, 0, open.sealed)!, 'header')
  const plain = encode(privateHeader, { ...secret, device: newDevice().device })
  return encode(publicHeader, { ...open, sealed: sealBlock(key, made.key, 0, plain) })
}
