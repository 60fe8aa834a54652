import b4a from 'b4a'
import test from 'brittle'
import type { Assert } from 'brittle'
import type Hypercore from 'hypercore'
import crypto from 'hypercore-crypto'
import { CheckedBlock } from '../../../core/recording/checked-block.ts'
import { LogTree, treeSignable, wrapSignature } from '../../../core/recording/log-tree.ts'
import type { SignedBlock } from '../../../core/recording/writer.ts'
import { appendChecked } from '../../../core/store/hypercore/checked-append.ts'
import { film, writer } from '../../helpers/films/recorder.ts'
import { Forger } from '../../replica/hostile/forger.ts'
import { openStore } from '../open-store.ts'

/** hypercore lib/bitfield.js, BITS_PER_PAGE */
const PAGE = 32_768

test('what is appended checked is written as Hypercore itself would write it', async (t) => {
  const recording = writer()
  const blocks = film(recording, 20)
  const [ours, stock] = [await open(t, recording.signer), await open(t, recording.signer)]
  for (const run of inRuns(blocks)) {
    const { signature } = run.at(-1)!
    await appendChecked(ours, run)
    await stock.append(
      run.map(({ value }) => value),
      { signature: wrapSignature(signature) }
    )
  }
  await same(t, ours, stock)
})

test('the bits of other blocks stay as they were, in a page and beyond it', async (t) => {
  const forger = new Forger()
  const values = Array.from({ length: PAGE + 8 }, (_, i) => b4a.from('block ' + i))
  const from = PAGE - 4
  const blocks = tailOf(forger, values, from)
  const cores = [await open(t, forger.pair.publicKey), await open(t, forger.pair.publicKey)]
  for (const [i, core] of cores.entries()) {
    await core.append(values.slice(0, from), { keyPair: forger.pair })
    await core.clear(5, 7)
    for (let at = 0; at < blocks.length; at += 3) {
      const run = blocks.slice(at, at + 3)
      await appendChecked(core, i === 0 ? run : run.map(unchecked))
    }
    t.absent(await core.has(5))
    t.ok(await core.has(values.length - 1))
  }
  await same(t, cores[0]!, cores[1]!)
})

test('nothing is asked of the database, and nothing checked a second time', async (t) => {
  const recording = writer()
  const core = await open(t, recording.signer)
  const blocks = film(recording, 10)
  await appendChecked(core, blocks.slice(0, 2))
  const internals = core.core as any
  internals.verifier.verify = () => t.fail('checked again')
  const { stats } = internals.storage.db._state
  const before = stats.readBatches
  for (const block of blocks.slice(2)) await appendChecked(core, [block])
  t.is(stats.readBatches, before)
  t.is(core.contiguousLength, blocks.length)
})

test('what nobody has checked is checked, whatever was checked before', async (t) => {
  const recording = writer()
  const core = await open(t, recording.signer)
  const [first, second, third] = film(recording, 2) as [SignedBlock, SignedBlock, SignedBlock]
  await appendChecked(core, [first])
  await t.exception(appendChecked(core, [{ ...second, value: b4a.from('other') }]), /signature/)
  await t.exception(appendChecked(core, [{ ...second, signature: third.signature }]), /signature/)
  await t.exception(appendChecked(core, [third]), /signature/)
  t.is(core.length, 1)
  await appendChecked(core, [second])
  t.is(core.length, 2, 'and the true one is taken afterwards')
})

test('a tree of one recording vouches for no other', async (t) => {
  const [one, other] = [writer(), writer()]
  const core = await open(t, one.signer)
  await t.exception(appendChecked(core, film(other, 0)), /signature/)
  t.is(core.length, 0)
})

test('nothing is written that would make the core longer than is asked for', async (t) => {
  const recording = writer()
  const core = await open(t, recording.signer)
  const [first, second] = film(recording, 1)
  await appendChecked(core, [first!])
  t.is((await appendChecked(core, [second!], 1)).length, 1)
  t.is(core.length, 1)
})

async function open(t: Assert, signer: Uint8Array): Promise<Hypercore> {
  return (await openStore(t)).core(signer)
}

/** One, then two, then three, and so on. */
function inRuns(blocks: SignedBlock[]): SignedBlock[][] {
  const runs: SignedBlock[][] = []
  for (let at = 0, size = 1; at < blocks.length; at += size++) {
    runs.push(blocks.slice(at, at + size))
  }
  return runs
}

function unchecked({ index, value, signature }: SignedBlock): SignedBlock {
  return { index, value, signature }
}

/** The blocks from `from` on, as their author makes them. */
function tailOf({ key, pair }: Forger, values: Uint8Array[], from: number): CheckedBlock[] {
  const log = new LogTree()
  for (const value of values.slice(0, from)) log.append(value)
  return values.slice(from).map((value, i) => {
    const leaf = log.append(value)
    const treeHash = log.hash()
    const head = treeSignable(key, treeHash, log.length, 0)
    const signature = crypto.sign(head, pair.secretKey)
    return new CheckedBlock(key, { index: from + i, value, signature }, { leaf, treeHash })
  })
}

/** Two cores of the same blocks, on two disks. */
async function same(t: Assert, one: Hypercore, other: Hypercore): Promise<void> {
  const [a, b] = [await onDisk(one), await onDisk(other)]
  t.ok(a.blocks.length > 0 && a.pages.length > 0 && a.nodes.length > 0)
  t.is(a.blocks.length, b.blocks.length)
  t.alike(a, b)
}

async function onDisk(core: Hypercore) {
  const { storage, header, state } = core.core as any
  return {
    length: core.length,
    head: { ...header.tree, timestamp: 0 },
    roots: state.roots,
    blocks: await all(storage.createBlockStream()),
    pages: await all(storage.createBitfieldStream()),
    nodes: await all(storage.createTreeNodeStream())
  }
}

async function all(stream: AsyncIterable<object>): Promise<object[]> {
  const found: object[] = []
  for await (const one of stream) found.push(one)
  return found
}
