import test from 'brittle'
import type { Assert } from 'brittle'
import type Hypercore from 'hypercore'
import crypto from 'hypercore-crypto'
import { randomBytes } from '../../core/identity/hash.ts'
import { EvidenceStore } from '../../core/store/evidence-store.ts'

const BLOCK = new Uint8Array(3)
/** With what the store keeps of it. */
const TAKEN = BLOCK.byteLength + 256
const SIZES = { sizes: true }

test('what is held of a core is told as it would be told once opened, and nothing is opened', async (t) => {
  const store = await opened(t)
  const whole = await made(store, 5)
  const empty = await made(store, 0)
  const long = await made(store, 40_000)
  const holed = await made(store, 9)
  await holed.clear(4, 5)
  const torn = await made(store, 34_000)
  await torn.clear(33_001, 33_002)
  const cores = [whole, empty, long, holed, torn]
  const lengths = cores.map(({ contiguousLength }) => contiguousLength)
  t.alike(lengths, [5, 0, 40_000, 4, 33_001])
  const keys = cores.map(({ key }) => key)
  for (const core of cores) await core.close()
  const held = await store.held([...keys, randomBytes(32)])
  t.alike(
    held.map((one) => one?.length ?? null),
    [...lengths, null]
  )
})

test('a block that came behind a hole counts once the hole is filled', async (t) => {
  const [from, to] = [await opened(t), await opened(t)]
  const source = await made(from, 3)
  const copy = await to.existing(source.key)
  t.is(copy, null)
  const target = await to.core(source.manifest.signers[0]!.publicKey)
  for (const [index, length] of [
    [2, 0],
    [0, 1],
    [1, 3]
  ] as const) {
    await hand(source, target, index)
    t.alike(await to.held([source.key]), [{ length, takenBytes: null }])
  }
})

test('a core takes the bytes of all blocks that are held, and 256 for each, opened or not', async (t) => {
  const store = await opened(t)
  const cores = [await made(store, 5), await made(store, 0), await made(store, 1000)]
  const keys = cores.map(({ key }) => key)
  for (const core of cores) await core.close()
  t.is(await store.bytes([...keys, randomBytes(32)]), 1005 * TAKEN)
})

test('sizes are told of each where they are asked for: what is here, behind a hole or not, and no more', async (t) => {
  const [from, to] = [await opened(t), await opened(t)]
  const source = await made(from, 7)
  const target = await to.core(source.manifest.signers[0]!.publicKey)
  for (const [index, length, blocks] of [
    [2, 0, 1],
    [0, 1, 2],
    [6, 1, 3],
    [1, 3, 4],
    [3, 4, 5]
  ] as const) {
    await hand(source, target, index)
    const part = await to.held([source.key], SIZES)
    t.alike(part, [{ length, takenBytes: blocks * TAKEN }])
    t.is(await to.bytes([source.key]), blocks * TAKEN)
  }
  const whole = await from.held([source.key], SIZES)
  t.alike(whole, [{ length: 7, takenBytes: 7 * TAKEN }])
})

test('blocks far behind a hole count as much as those before it', async (t) => {
  const store = await opened(t)
  const core = await made(store, 70_000)
  for (const hole of [5, 32_768, 69_999]) await core.clear(hole, hole + 1)
  const { key } = core
  await core.close()
  t.alike(await store.held([key], SIZES), [{ length: 5, takenBytes: 69_997 * TAKEN }])
})

async function opened(t: Assert): Promise<EvidenceStore> {
  const store = new EvidenceStore({ dir: await t.tmp() })
  t.teardown(() => store.close())
  await store.ready()
  return store
}

async function made(store: EvidenceStore, blocks: number): Promise<Hypercore> {
  const pair = crypto.keyPair()
  const core = await store.core(pair.publicKey)
  if (blocks > 0) await core.append(new Array(blocks).fill(BLOCK), { keyPair: pair })
  return core
}

async function hand(from: Hypercore, to: Hypercore, index: number): Promise<void> {
  const upgrade = to.length === 0 ? { start: 0, length: from.length } : undefined
  const nodes = await to.missingNodes(index)
  await to.applyProof(await from.proof({ block: { index, nodes }, upgrade }), null)
}
