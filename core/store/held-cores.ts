// What is on the disk of many cores, read in one pass and with none of them opened: a device that holds
// ten thousand recordings must not open them all to know what it has. The cores themselves are asked, as
// they stand in the database; nothing is remembered beside them that could claim more.
// Touches internals of hypercore-storage (getInfos, resumeCore, keys and schema), pinned to an exact version.
// Must never: count a block behind a hole as one that can be signed for, or write.

import c from 'compact-encoding'
import flat from 'flat-tree'
import schema from 'hypercore-storage/encoding/spec/hyperschema/index.js'
import keys from 'hypercore-storage/lib/keys.js'
import type CorestoreStorage from 'hypercore-storage'
import type { CoreInfo, CoreStorage, Reading } from 'hypercore-storage'
import { discoveryKeyOf } from '../encoding/core-key.ts'
import { BLOCK_COST_BYTES } from '../limits.ts'

/** Asked of the database at once. */
const BATCH = 512
/** Questions on their way: each is answered by a thread of its own. */
const LANES = 3
const PAGE_BITS = 32_768
const TREE_NODE = schema.getEncoding('@core/tree-node')

export interface HeldCore {
  /** Blocks held without a hole. */
  length: number
  /** See `takenBy`: all blocks held, behind a hole too, and none that are still to come. Null where nobody asked. */
  takenBytes: number | null
}

export interface HeldCoresOptions {
  /** Says how large each is as well: one more read for each. @default false */
  sizes?: boolean
}

/** Bytes that so many blocks of so many bytes together take on a disk, with what the store keeps of each. */
export function takenBy(blocks: number, bytes: number): number {
  return bytes + blocks * BLOCK_COST_BYTES
}

/** In the order of the keys; null for a core of which nothing is here. */
export async function heldCores(
  storage: CorestoreStorage,
  recordings: readonly Uint8Array[],
  { sizes = false }: HeldCoresOptions = {}
): Promise<(HeldCore | null)[]> {
  const found: (HeldCore | null)[][] = []
  let next = 0
  const lane = async (): Promise<void> => {
    while (next < recordings.length) {
      const start = next
      next += BATCH
      found[start / BATCH] = await heldIn(storage, recordings.slice(start, next), sizes)
    }
  }
  await Promise.all(Array.from({ length: LANES }, lane))
  return found.flat()
}

async function heldIn(
  storage: CorestoreStorage,
  recordings: readonly Uint8Array[],
  sizes: boolean
): Promise<(HeldCore | null)[]> {
  const infos = await storage.getInfos(recordings.map(discoveryKeyOf), { auth: false })
  const lengths: number[] = []
  for (const info of infos) {
    lengths.push(info === null ? 0 : (atOnce(info) ?? (await countedLength(storage, info))))
  }
  const bytes = sizes ? await sizesOf(storage, infos, lengths) : null
  return infos.map((info, i) => info && { length: lengths[i]!, takenBytes: bytes && bytes[i]! })
}

/** Where it is held up to its head, as a rule: what Hypercore noted with its last block says so. */
function atOnce({ head, hints }: CoreInfo): number | null {
  if (head === null || head.length === 0) return 0
  return (hints?.contiguousLength ?? 0) >= head.length ? head.length : null
}

async function countedLength(storage: CorestoreStorage, info: CoreInfo): Promise<number> {
  const length = await countHeld(storage, info, info.hints?.contiguousLength ?? 0)
  return Math.min(length, info.head!.length)
}

/** On from `sure`, as Hypercore does when it opens the core: the hint is never ahead of what is here. */
async function countHeld(
  storage: CorestoreStorage,
  { discoveryKey }: CoreInfo,
  sure: number
): Promise<number> {
  const core = await storage.resumeCore(discoveryKey)
  if (core === null) return 0
  try {
    for (let index = pageOf(sure); ; index++) {
      const batch = core.read()
      const reading = batch.getBitfieldPage(index)
      batch.tryFlush()
      const page = await reading
      const set = page === null ? 0 : firstUnset(page)
      if (set < PAGE_BITS) return index * PAGE_BITS + set
    }
  } finally {
    await core.close()
  }
}

/** Bits are counted from the lowest of each byte, as quickbit has them. */
function firstUnset(page: Uint8Array): number {
  const at = page.findIndex((byte) => byte !== 0xff)
  if (at === -1) return 8 * page.byteLength
  let bit = 0
  while ((page[at]! >> bit) & 1) bit++
  return 8 * at + bit
}

/** What all blocks that are held of these cores take. */
export async function bytesOf(
  storage: CorestoreStorage,
  recordings: readonly Uint8Array[]
): Promise<number> {
  const held = await heldCores(storage, recordings, { sizes: true })
  return held.reduce((sum, one) => sum + (one?.takenBytes ?? 0), 0)
}

/** One question to the database for all of them, but for those with a hole. */
async function sizesOf(
  storage: CorestoreStorage,
  infos: (CoreInfo | null)[],
  lengths: number[]
): Promise<number[]> {
  const batch = storage.db.read({ autoDestroy: true })
  const spans = infos.map((info, i) => (info === null ? [] : rootsOf(batch, info, lengths[i]!)))
  batch.tryFlush()
  const sizes: number[] = []
  for (const [i, info] of infos.entries()) {
    const bytes = (await Promise.all(spans[i]!)).reduce((sum, span) => sum + span, 0)
    const before = takenBy(lengths[i]!, bytes)
    const isWhole = info === null || info.head === null || info.head.length === lengths[i]
    sizes.push(isWhole ? before : before + (await takenBehind(storage, info, lengths[i]!)))
  }
  return sizes
}

/** Bytes below each root of a tree of so many blocks, all of which are here. */
function rootsOf(batch: Reading, { core }: CoreInfo, length: number): Promise<number>[] {
  return flat.fullRoots(2 * length).map(async (index) => {
    const node = await batch.get(keys.core.tree(core.dataPointer, index))
    return node === null ? 0 : c.decode(TREE_NODE, node).size
  })
}

/** By the blocks that came behind the hole at `hole`: as many as are here, however many there may be. */
async function takenBehind(
  storage: CorestoreStorage,
  { discoveryKey }: CoreInfo,
  hole: number
): Promise<number> {
  const core = await storage.resumeCore(discoveryKey)
  if (core === null) return 0
  let taken = 0
  try {
    for await (const { index, page } of core.createBitfieldStream({ gte: pageOf(hole) })) {
      const blocks = setIn(page).map((bit) => index * PAGE_BITS + bit)
      const behind = blocks.filter((block) => block > hole)
      for (let i = 0; i < behind.length; i += BATCH) {
        const leaves = behind.slice(i, i + BATCH).map((block) => 2 * block)
        taken += takenBy(leaves.length, await sizesAt(core, leaves))
      }
    }
    return taken
  } finally {
    await core.close()
  }
}

/** Bytes below these nodes of the tree, all of which are here, together. */
async function sizesAt(core: CoreStorage, nodes: number[]): Promise<number> {
  const batch = core.read()
  const spans = nodes.map((index) => batch.getTreeNode(index))
  batch.tryFlush()
  return (await Promise.all(spans)).reduce((sum, span) => sum + (span?.size ?? 0), 0)
}

function setIn(page: Uint8Array): number[] {
  const bits: number[] = []
  for (const [at, byte] of page.entries()) {
    for (let bit = 0; byte >> bit > 0; bit++) if ((byte >> bit) & 1) bits.push(8 * at + bit)
  }
  return bits
}

function pageOf(index: number): number {
  return Math.floor(index / PAGE_BITS)
}
