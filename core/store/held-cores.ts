// What is on the disk of many cores, read in one pass and with none of them opened: a device that holds
// ten thousand recordings must not open them all to know what it has. The cores themselves are asked, as
// they stand in the database; nothing is remembered beside them that could claim more.
// Touches internals of hypercore-storage (getInfos, resumeCore), pinned to an exact version.
// Must never: count a block behind a hole as one that can be signed for, or write.

import flat from 'flat-tree'
import type CorestoreStorage from 'hypercore-storage'
import type { CoreInfo, CoreStorage } from 'hypercore-storage'
import { discoveryKeyOf } from '../encoding/core-key.ts'
import { BLOCK_COST_BYTES } from '../limits.ts'

/** Asked of the database at once. */
const BATCH = 512
const PAGE_BITS = 32_768

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
  keys: readonly Uint8Array[],
  { sizes = false }: HeldCoresOptions = {}
): Promise<(HeldCore | null)[]> {
  const found: (HeldCore | null)[] = []
  let next = ask(storage, keys, 0)
  for (let start = 0; start < keys.length; start += BATCH) {
    const infos = await next
    next = ask(storage, keys, start + BATCH) // on its way while these are looked at
    const lengths: number[] = []
    for (const info of infos) {
      lengths.push(info === null ? 0 : (atOnce(info) ?? (await countedLength(storage, info))))
    }
    const bytes = sizes ? await sizesOf(storage, infos, lengths) : null
    for (const [i, info] of infos.entries()) {
      found.push(info && { length: lengths[i]!, takenBytes: bytes && bytes[i]! })
    }
  }
  await next
  return found
}

function ask(
  storage: CorestoreStorage,
  keys: readonly Uint8Array[],
  start: number
): Promise<(CoreInfo | null)[]> {
  const names = keys.slice(start, start + BATCH).map(discoveryKeyOf)
  const asked = names.length === 0 ? Promise.resolve([]) : storage.getInfos(names, { auth: false })
  asked.catch(() => {}) // told to who waits for it; nobody may
  return asked
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
  keys: readonly Uint8Array[]
): Promise<number> {
  const held = await heldCores(storage, keys, { sizes: true })
  return held.reduce((sum, one) => sum + (one?.takenBytes ?? 0), 0)
}

/** Asked for together: the database has many answers at once as cheaply as a few. */
function sizesOf(
  storage: CorestoreStorage,
  infos: (CoreInfo | null)[],
  lengths: number[]
): Promise<number[]> {
  const bytes = async (info: CoreInfo | null, i: number): Promise<number> =>
    info === null || info.head === null ? 0 : sizeOf(storage, info, lengths[i]!)
  return Promise.all(infos.map(bytes))
}

async function sizeOf(
  storage: CorestoreStorage,
  { discoveryKey, head }: CoreInfo,
  length: number
): Promise<number> {
  const core = await storage.resumeCore(discoveryKey)
  if (core === null) return 0
  try {
    const before = takenBy(length, await sizesAt(core, flat.fullRoots(2 * length)))
    return length === head!.length ? before : before + (await takenBehind(core, length))
  } finally {
    await core.close()
  }
}

/** By the blocks that came behind the hole at `hole`: as many as are here, however many there may be. */
async function takenBehind(core: CoreStorage, hole: number): Promise<number> {
  let taken = 0
  for await (const { index, page } of core.createBitfieldStream({ gte: pageOf(hole) })) {
    const blocks = setIn(page).map((bit) => index * PAGE_BITS + bit)
    const behind = blocks.filter((block) => block > hole)
    for (let i = 0; i < behind.length; i += BATCH) {
      const leaves = behind.slice(i, i + BATCH).map((block) => 2 * block)
      taken += takenBy(leaves.length, await sizesAt(core, leaves))
    }
  }
  return taken
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
