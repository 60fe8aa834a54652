import b4a from 'b4a'
import test from 'brittle'
import type { SignedBlock } from '../../../core/recording/writer.ts'
import { LogTree } from '../../../core/recording/log-tree.ts'
import { NextBlock } from '../../../core/replica/pushed/next-block.ts'
import type { Head } from '../../../core/replica/pushed/next-block.ts'
import { Forger } from '../hostile/forger.ts'

const VALUES = Array.from({ length: 9 }, (_, i) => b4a.from('block ' + i))

test('block by block, from the first or from what is held', (t) => {
  for (const from of [0, 1, 5]) {
    const { next, blocks } = createNext(from)
    for (const block of blocks.slice(from)) t.ok(next.take(block))
    t.is(next.length, VALUES.length)
  }
})

test('a block that is not the next one is not taken, and changes nothing', (t) => {
  const { next, blocks } = createNext(3)
  for (const index of [0, 2, 4, 8]) t.absent(next.take(blocks[index]!))
  t.ok(next.take(blocks[3]!))
})

test('every block needs its own signature: a later one does not vouch for it', async (t) => {
  const { next, blocks } = createNext(3)
  await t.exception(() => next.take({ ...blocks[3]!, signature: b4a.alloc(64) }), /did not sign/)
  await t.exception(
    () => next.take({ ...blocks[3]!, signature: blocks[4]!.signature }),
    /did not sign/
  )
  t.ok(next.take(blocks[3]!), 'and the true one is taken afterwards')
})

test('the next block of a rival history is none', async (t) => {
  const { next, forger } = createNext(3)
  const rival = forger.history(VALUES.map((value, i) => (i === 1 ? b4a.from('other') : value)))
  await t.exception(() => next.take(rival[3]!), /did not sign/)
})

test('without knowing what is held, nothing is the next one', (t) => {
  const { next, blocks } = createNext(0)
  next.reset(null)
  t.is(next.length, null)
  t.absent(next.take(blocks[0]!))
})

function createNext(from: number): { next: NextBlock; blocks: SignedBlock[]; forger: Forger } {
  const forger = new Forger()
  const next = new NextBlock(forger.key, forger.pair.publicKey)
  next.reset(headOf(VALUES.slice(0, from)))
  return { next, blocks: forger.history(VALUES), forger }
}

function headOf(values: Uint8Array[]): Head {
  const tree = new LogTree()
  for (const value of values) tree.append(value)
  return tree
}
