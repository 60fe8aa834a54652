// Appends blocks that this device has just checked, or signed itself. Hypercore would hash each again,
// check the signature again, and ask the database for the page of the bitfield that it has in memory: with
// four blocks a second that is a tenth of what a holder does for a film. What it writes stays what it writes.
// Touches internals of Hypercore: core._verifyBatchUpgrade, state.createTreeBatch, state.storage.read.
// Must never: believe a hash or a signature of anything but the very bytes that were checked here.

import b4a from 'b4a'
import flat from 'flat-tree'
import type Hypercore from 'hypercore'
import type { CoreReader, InternalCore, TreeBatch } from 'hypercore'
import { CheckedBlock } from '../../recording/checked-block.ts'
import { wrapSignature } from '../../recording/log-tree.ts'
import type { SignedBlock } from '../../recording/writer.ts'
import type { TreeHash } from '../../types/keys.ts'

/** The tree that a signature was found to be for, or made for. */
interface CheckedTree {
  core: Uint8Array
  length: number
  hash: TreeHash
}

/** hypercore lib/bitfield.js, BITS_PER_PAGE */
const BITS_PER_PAGE = 32_768

/** Leaf hashes, by the very buffers they are of. */
const leaves = new WeakMap<Uint8Array, Uint8Array>()
const trees = new WeakMap<Uint8Array, CheckedTree>()
const prepared = new WeakSet<InternalCore>()

/**
 * Appends blocks that follow one another, under the last one's signature; those that nobody has
 * checked are checked by Hypercore.
 *
 * @param core open
 * @param maxLength nothing is written where the core would become longer
 */
export async function appendChecked(
  core: Hypercore,
  run: readonly SignedBlock[],
  maxLength?: number
): Promise<{ length: number }> {
  if (!prepared.has(core.core)) prepare(core.core)
  for (const block of run) if (block instanceof CheckedBlock) leaves.set(block.value, block.leaf)
  const last = run.at(-1)!
  const signature = wrapSignature(last.signature)
  if (last instanceof CheckedBlock) {
    trees.set(signature, { core: last.recording, length: last.index + 1, hash: last.treeHash })
  }
  const values = run.map(({ value }) => value)
  return core.append(values, maxLength === undefined ? { signature } : { signature, maxLength })
}

function prepare(core: InternalCore): void {
  const { state } = core
  const verify = core._verifyBatchUpgrade.bind(core)
  const createTreeBatch = state.createTreeBatch.bind(state)
  const read = state.storage.read.bind(state.storage)
  prepared.add(core)
  core._verifyBatchUpgrade = (batch, manifest) =>
    isChecked(core, batch) ? manifest : verify(batch, manifest)
  state.createTreeBatch = () => withLeaves(createTreeBatch())
  state.storage.read = () => withPages(core, read())
}

function isChecked({ key, header }: InternalCore, batch: TreeBatch): boolean {
  const tree = batch.signature && trees.get(batch.signature)
  if (!tree || header.manifest === null || batch.fork !== 0) return false
  const isSame = tree.length === batch.length && b4a.equals(tree.core, key)
  return isSame && b4a.equals(tree.hash, batch.hash())
}

function withLeaves(batch: TreeBatch): TreeBatch {
  const append = batch.append.bind(batch)
  batch.append = (block) => {
    const hash = leaves.get(block)
    if (hash === undefined) return append(block)
    const index = 2 * batch.length
    batch.appendRoot({ index, size: block.byteLength, hash }, flat.iterator(index))
  }
  return batch
}

/** Memory follows the disk: a bit is set in it when the write has succeeded, and all is read at opening. */
function withPages({ bitfield }: InternalCore, reader: CoreReader): CoreReader {
  const tryFlush = reader.tryFlush.bind(reader)
  reader.getBitfieldPage = (index) => {
    const page = bitfield.getBitfield(index * BITS_PER_PAGE)?.bitfield
    if (!page) return Promise.resolve(null)
    return Promise.resolve(b4a.from(b4a.from(page.buffer, page.byteOffset, page.byteLength)))
  }
  reader.tryFlush = () => {
    if (reader.read._operations.length > 0) tryFlush()
    else reader.destroy()
  }
  return reader
}
