// What a device really has, read back from its disk by the engine itself, with no network and no
// process of the device running: every block, its place in the tree, the author's signature, its
// decryption. For tests that ask what a crash has left.
// Must never: fetch anything, or repair what opening the store does not repair.

import b4a from 'b4a'
import type Hypercore from 'hypercore'
import z32 from 'z32'
import { Device } from '../../../core/device.ts'
import { LogTree, unwrapSignature, verifyTree } from '../../../core/recording/log-tree.ts'
import type { RecordingReader } from '../../../core/recording/reader.ts'
import type { Replica } from '../../../core/replica/replica.ts'

export interface HeldRecording {
  /** z32 text, like the other keys here. */
  recording: string
  author: string
  previous: string | null
  startedAtMs: number
  sealed: boolean
  /** Blocks held from the first on, each of them read and checked. */
  length: number
  /** What is wrong with them, a sentence each. */
  faults: string[]
  /** Init segment and fragments, as captured; null where this device may not read them. */
  media: Uint8Array | null
  /** Fragments in `media`. */
  fragments: number
}

export interface AuditOptions {
  /** Recordings to look at, z32. @default all of them */
  only?: Iterable<string>
}

/** Opens the device in `dir`, reads everything, and closes it. Oldest recording first. */
export async function audit(dir: string, { only }: AuditOptions = {}): Promise<HeldRecording[]> {
  const wanted = only === undefined ? null : new Set(only)
  const device = new Device({ dir, offline: true })
  await device.ready()
  try {
    const replicas = device.circles.flatMap((exchange) => exchange.replicas)
    const chosen = replicas.filter(({ key }) => wanted?.has(z32.encode(key)) ?? true)
    const held: HeldRecording[] = []
    for (const replica of chosen) held.push(await auditReplica(replica))
    return held.sort((a, b) => a.startedAtMs - b.startedAtMs)
  } finally {
    await device.close()
  }
}

async function auditReplica(replica: Replica): Promise<HeldRecording> {
  const { announced, key, reader } = replica
  const core = await replica.wake()
  const film = reader ? new Recovered(reader) : null
  const faults: string[] = []
  const tree = new LogTree()
  for (let i = 0; i < core.contiguousLength; i++) {
    const block = await core.get(i, { wait: false }).catch(() => null)
    if (block === null) {
      faults.push(`block ${i} is said to be here and is not`)
      break
    }
    tree.append(block)
    film?.add(i, block, faults)
  }
  if (tree.length > 0 && faults.length === 0) await checkTree(core, tree, announced.signer, faults)
  return {
    recording: z32.encode(key),
    author: z32.encode(announced.author),
    previous: announced.previous && z32.encode(announced.previous),
    startedAtMs: announced.startedAtMs,
    sealed: replica.sealed,
    length: tree.length,
    faults,
    media: film?.bytes() ?? null,
    fragments: film?.fragments ?? 0
  }
}

/** The stored tree must be that of the very blocks; where all of it is here, the author signed it. */
async function checkTree(
  core: Hypercore,
  tree: LogTree,
  signer: Uint8Array,
  faults: string[]
): Promise<void> {
  const { length } = tree
  const stored = await core.treeHash(length).catch(() => null)
  if (stored && !b4a.equals(stored, tree.hash())) faults.push(`the tree of ${length} differs`)
  if (core.length !== length) return
  const signature = unwrapSignature(core.core.header.tree.signature)
  const signed =
    signature && verifyTree(core.key, tree.hash(), length, core.fork, signature, signer as never)
  if (!signed) faults.push(`the author did not sign the tree of ${length}`)
}

class Recovered {
  fragments = 0
  readonly #reader: RecordingReader
  readonly #pieces: Uint8Array[]

  constructor(reader: RecordingReader) {
    this.#reader = reader
    this.#pieces = [reader.private.init]
  }

  add(index: number, block: Uint8Array, faults: string[]): void {
    if (index === 0) return // it opened: that is where the reader comes from
    try {
      const entry = this.#reader.entry(index, block)
      if (entry.kind !== 'fragment') return
      this.#pieces.push(entry.body.data)
      this.fragments++
    } catch (err) {
      faults.push(`block ${index}: ${(err as Error).message}`)
    }
  }

  bytes(): Uint8Array {
    return b4a.concat(this.#pieces)
  }
}
