import test from 'brittle'
import b4a from 'b4a'
import { LIVE_TAIL_BYTES } from '../../../core/limits.ts'
import { Tail } from '../../../core/replica/pushed/tail.ts'
import type { SignedBlock } from '../../../core/recording/writer.ts'
import type { Signature } from '../../../core/types/keys.ts'
import { seeded } from '../../helpers/random.ts'
import type { Random } from '../../helpers/random.ts'

const SIGNATURE_BYTES = 64

test('the newest blocks are here as they came, whatever became of the buffers they came in', (t) => {
  const random = seeded(1)
  const tail = new Tail()
  const film: SignedBlock[] = []
  for (let index = 0; index < 400; index++) {
    const block = blockOf(random, index, random.int(index % 3 === 0 ? 300 : 90_000))
    film.push(copyOf(block))
    tail.add(block, Infinity)
    block.value.fill(0)
    block.signature.fill(0)
    if (!isEndOf(film, tail.blocks)) return t.fail('after block ' + index)
    if (bytesOf(tail.blocks) > LIVE_TAIL_BYTES) return t.fail('too much')
  }
  t.ok(bytesOf(tail.blocks) > LIVE_TAIL_BYTES / 2, 'and not much fewer than it may keep')
  t.is(tail.last, 399)
  t.ok(isSame(tail.at(399)!, film[399]!))
  t.is(tail.at(0), null, 'long forgotten')
  t.is(tail.at(400), null, 'not here yet')
})

test('what must be kept is kept, however much it is, and forgotten once it need not be', (t) => {
  const random = seeded(2)
  const tail = new Tail()
  const film: SignedBlock[] = []
  const shoot = (blocks: number, keepFrom: number): void => {
    for (let i = 0; i < blocks; i++) {
      const block = blockOf(random, film.length, 1000 + random.int(60_000))
      film.push(copyOf(block))
      tail.add(block, keepFrom)
    }
  }
  shoot(30, Infinity)
  const oldest = tail.blocks[0]!.index
  shoot(100, oldest)
  t.is(tail.blocks.length, 130 - oldest)
  t.ok(isEndOf(film, tail.blocks), 'all of it, unharmed')
  for (let i = 0; i < 100; i++) {
    shoot(1, oldest + i)
    if (!isEndOf(film, tail.blocks)) return t.fail('while its disk comes after')
    if (tail.blocks[0]!.index > oldest + i) return t.fail('forgotten too early')
  }
  shoot(1, Infinity)
  t.ok(isEndOf(film, tail.blocks))
  t.ok(bytesOf(tail.blocks) <= LIVE_TAIL_BYTES)
})

test('a block that is longer than the whole tail stands alone in it', (t) => {
  const random = seeded(3)
  const tail = new Tail()
  for (const index of [0, 1]) tail.add(blockOf(random, index, 1000), Infinity)
  const long = blockOf(random, 2, LIVE_TAIL_BYTES)
  tail.add(long, Infinity)
  t.alike(tail.blocks, [long])
  tail.add(blockOf(random, 3, 1000), Infinity)
  t.is(tail.at(2), null)
  t.is(tail.at(3)?.value.byteLength, 1000)
})

test('a block after a hole is the first of a new tail', (t) => {
  const random = seeded(4)
  const tail = new Tail()
  for (const index of [5, 6, 8]) tail.add(blockOf(random, index, 100), 0)
  t.alike(
    tail.blocks.map(({ index }) => index),
    [8]
  )
  tail.clear()
  t.is(tail.last, null)
  t.is(tail.at(8), null)
})

function blockOf(random: Random, index: number, bytes: number): SignedBlock {
  const signature = random.bytes(SIGNATURE_BYTES) as Signature
  return { index, value: random.bytes(bytes), signature }
}

function copyOf({ index, value, signature }: SignedBlock): SignedBlock {
  return { index, value: value.slice(), signature: signature.slice() as Signature }
}

function isEndOf(film: SignedBlock[], blocks: SignedBlock[]): boolean {
  const end = film.slice(film.length - blocks.length)
  return blocks.length > 0 && end.every((block, i) => isSame(block, blocks[i]!))
}

function isSame(one: SignedBlock, other: SignedBlock): boolean {
  if (one.index !== other.index || !b4a.equals(one.value, other.value)) return false
  return b4a.equals(one.signature, other.signature)
}

function bytesOf(blocks: SignedBlock[]): number {
  return blocks.reduce((sum, { value }) => sum + value.byteLength + SIGNATURE_BYTES, 0)
}
